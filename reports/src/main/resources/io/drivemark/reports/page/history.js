'use strict';
{
  const form = document.querySelector('.filter');
  const cells = [...document.querySelectorAll('.cell')];
  const show = () => {
    let shown = 0;
    for (const cell of cells) {
      const fits = ['model', 'dataset', 'metric'].every(
        name => !form.elements[name].value || form.elements[name].value === cell.dataset[name]);
      const wanted = form.elements.events.value;
      const marked = !wanted || cell.dataset.events === wanted || wanted === 'some' && cell.dataset.events === 'open';
      cell.hidden = !(fits && marked);
      shown += cell.hidden ? 0 : 1;
    }
    form.querySelector('output').textContent = shown + ' of ' + cells.length + ' figures';
  };
  form.addEventListener('change', show);
  form.addEventListener('submit', event => event.preventDefault());
  form.hidden = false;
  show();
}
