(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var charts = [];
  var PRINT_WIDTH = 680;

  // ---- small helpers ------------------------------------------------------------------------

  function css(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }
  function escape(text) {
    return String(text).replace(/[&<>"']/g, function (c) {
      return "&#" + c.charCodeAt(0) + ";";
    });
  }
  function known(value) {
    return value !== null && value !== undefined;
  }
  function figure(value) {
    if (!known(value)) return "–";
    return value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0);
  }
  function percent(value) {
    return known(value) ? (100 * value).toFixed(2) : "–";
  }
  function count(value) {
    if (!known(value)) return "–";
    var prefixes = ["", " k", " M", " G", " T"];
    var i = 0;
    while (value >= 999.5 && i < prefixes.length - 1) {
      value /= 1000;
      i++;
    }
    return (i === 0 ? value.toFixed(0) : figure(value)) + prefixes[i];
  }
  /** Ticks 1, 2, 5, 10, … of a logarithmic axis, and limits that leave the outer points room. */
  function logarithmic(values, room) {
    var low = Math.min.apply(null, values) / room;
    var high = Math.max.apply(null, values) * room;
    var ticks = [];
    for (var power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
      [1, 2, 5].forEach(function (digit) {
        var tick = digit * Math.pow(10, power);
        if (tick >= low && tick <= high) ticks.push(Number(tick.toPrecision(1)));
      });
    }
    return { min: low, max: high, ticks: ticks };
  }
  function logAxis(values, name, format, room) {
    var range = logarithmic(values, room || 1.3);
    return {
      type: "log", name: name, nameLocation: "middle", nameGap: 30, min: range.min, max: range.max,
      nameTextStyle: { color: css("--soft"), fontSize: 13 },
      axisLabel: { color: css("--soft"), customValues: range.ticks, formatter: format, hideOverlap: true },
      axisTick: { show: true, customValues: range.ticks, lineStyle: { color: css("--rule") } },
      minorTick: { show: false }, splitLine: { show: false },
      axisLine: { lineStyle: { color: css("--rule") } }
    };
  }
  function valueAxis(name, more) {
    return Object.assign({
      type: "value", name: name, nameLocation: "end", scale: true,
      nameTextStyle: { color: css("--soft"), fontSize: 13, align: "left", padding: [0, 0, 0, -34] },
      axisLabel: { color: css("--soft") }, axisLine: { show: false }, axisTick: { show: false },
      splitLine: { lineStyle: { color: css("--grid") } }
    }, more);
  }
  function base() {
    return {
      animationDuration: 250,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: css("--ink") },
      tooltip: {
        trigger: "item", confine: true, backgroundColor: css("--card"), borderColor: css("--rule"),
        textStyle: { color: css("--ink"), fontSize: 13 }, extraCssText: "box-shadow:0 4px 18px rgba(0,0,0,.16);max-width:min(340px,86vw);white-space:normal"
      }
    };
  }
  /** A variant is labelled without its parent's name: an arrow leads to it from there. */
  function name(c) { return c.short || c.model; }
  /** Whether the interval of its accuracy is known. */
  function sure(c) { return known(c.valueLow) && known(c.valueHigh); }
  /** A value of what accuracy is measured by, as the tables write it. */
  function written(measure, value) {
    return !known(value) ? "–" : measure.percent ? percent(value) + " %" : value.toFixed(3);
  }
  function bare(measure, value) { return measure.percent ? percent(value) : written(measure, value); }
  /** By how much a value is better than another. */
  function gain(measure, value, other) { return measure.more ? value - other : other - value; }
  data.boards.forEach(function (b) {
    b.contenders.forEach(function (c) { c.measure = b.measure; });
  });
  function tip(c) {
    var rows = [
      [c.measure.title, c.trained === false ? "untrained" : written(c.measure, c.value) + (sure(c) ? " (" + bare(c.measure, c.valueLow) + " to " + bare(c.measure, c.valueHigh) + ")" : "")],
      ["engine", escape(c.engine) + ", " + c.threads + (c.threads === 1 ? " thread, " : " threads, ") + escape(c.precision)],
      ["input", escape(c.input)]
    ];
    if (c.end) {
      rows.push(["end to end", figure(c.end.mean) + " ms mean, " + figure(c.fps) + " FPS"]);
      rows.push(["p50 · p95 · p99", figure(c.end.p50) + " · " + figure(c.end.p95) + " · " + figure(c.end.p99) + " ms"]);
      rows.push(["model only", figure(c.engineAlone.mean) + " ms mean"]);
    }
    if (known(c.params)) rows.push(["parameters", count(c.params)]);
    if (known(c.macs)) rows.push(["MACs", count(c.macs)]);
    if (c.technique !== "dense") rows.push(["variant", escape(c.technique)]);
    return '<div class="tip"><b>' + escape(c.label) + "</b>" + (c.front ? " · on the front" : "") + "<table>" +
      rows.map(function (r) { return "<tr><td>" + r[0] + "</td><td>" + r[1] + "</td></tr>"; }).join("") +
      "</table></div>";
  }
  function mount(element, option) {
    var chart = echarts.init(element, null, { renderer: "svg" });
    var draw = function () { chart.setOption(option(chart.getWidth() || element.clientWidth, chart.getHeight()), true); };
    draw();
    charts.push({ chart: chart, draw: draw, element: element });
    return draw;
  }
  /** A group of buttons of which one is pressed; calls back with its value. */
  function choice(group, changed) {
    if (!group) return;
    group.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (!button) return;
      group.querySelectorAll("button").forEach(function (b) {
        b.setAttribute("aria-pressed", String(b === button));
      });
      changed(button.dataset.value);
    });
  }

  // ---- accuracy against speed ---------------------------------------------------------------

  var AXES = {
    mean: { name: "mean latency, end to end, ms (log)", of: function (c) { return c.end && c.end.mean; } },
    p95: { name: "p95 latency, end to end, ms (log)", of: function (c) { return c.end && c.end.p95; } },
    fps: { name: "frames a second, end to end (log)", of: function (c) { return c.fps; } },
    model: { name: "mean latency, model only, ms (log)", of: function (c) { return c.engineAlone && c.engineAlone.mean; } }
  };
  /** The front on any axis, by the same rule as the report's own. */
  function front(points, descending) {
    var sorted = points.slice().sort(function (a, b) {
      return (descending ? b.x - a.x : a.x - b.x) || gain(a.c.measure, b.c.value, a.c.value);
    });
    var best = null;
    return sorted.filter(function (p) {
      var better = best === null || gain(p.c.measure, p.c.value, best) > p.c.measure.same;
      if (better) best = p.c.value;
      return better;
    });
  }
  function scatter(board, state) {
    return function (width) {
      var axis = AXES[state.axis];
      var fps = state.axis === "fps";
      var points = board.contenders
        .map(function (c, n) { return { c: c, n: n, x: axis.of(c) }; })
        .filter(function (p) { return known(p.x) && known(p.c.value); });
      var option = base();
      if (!points.length) return option;
      var onFront = front(points, fps);
      var phone = width < 560;
      var names = onFront.map(function (p) { return p.n; });
      option.grid = { left: 44, right: phone ? 16 : 28, top: 40, bottom: 48 };
      var untrained = board.contenders
        .map(function (c) { return { c: c, x: axis.of(c) }; })
        .filter(function (p) { return known(p.x) && p.c.trained === false; });
      option.xAxis = logAxis(points.concat(untrained).map(function (p) { return p.x; }), axis.name, figureTick, phone ? 1.5 : 1.35);
      var plot = { width: width - option.grid.left - option.grid.right, min: option.xAxis.min, max: option.xAxis.max };
      var heights = [];
      points.forEach(function (p) { heights.push(p.c.value); if (sure(p.c)) heights.push(p.c.valueLow, p.c.valueHigh); });
      var m = board.measure;
      option.yAxis = valueAxis(m.percent ? m.title + ", %" : m.title + " (smaller is better)", {
        min: Math.floor(20 * Math.min.apply(null, heights)) / 20, max: Math.ceil(20 * Math.max.apply(null, heights)) / 20,
        axisLabel: { color: css("--soft"), formatter: function (v) { return m.percent ? (100 * v).toFixed(0) : v.toFixed(2); } }
      });
      option.tooltip.formatter = function (p) { return p.data && p.data.c ? tip(p.data.c) : ""; };
      var stairs = onFront.map(function (p) { return [p.x, p.c.value]; });
      if (fps) stairs.reverse();
      option.series = [
        { type: "line", step: fps ? "start" : "end", data: stairs, symbol: "none", silent: true, z: 1,
          lineStyle: { color: css("--ink"), width: 1.6, opacity: 0.75 } },
        { type: "lines", coordinateSystem: "cartesian2d", silent: true, z: 1, symbol: ["none", "arrow"], symbolSize: 7,
          lineStyle: { color: css("--soft"), type: "dotted", width: 1.6, opacity: 0.9 },
          data: points.filter(function (p) { return known(p.c.parent); }).map(function (p) {
            var parent = board.contenders[p.c.parent];
            return { coords: [[axis.of(parent), parent.value], [p.x, p.c.value]] };
          }).filter(function (l) { return known(l.coords[0][0]) && known(l.coords[0][1]); }) },
        { type: "lines", coordinateSystem: "cartesian2d", silent: true, z: 1, symbol: "none",
          lineStyle: { color: css("--soft"), width: 1.2, opacity: 0.8 },
          data: points.filter(function (p) { return interval(p, state.axis); }).map(function (p) {
            var i = interval(p, state.axis);
            return { coords: [[i[0], p.c.value], [i[1], p.c.value]] };
          }).concat(points.filter(function (p) { return sure(p.c); }).map(function (p) {
            return { coords: [[p.x, p.c.valueLow], [p.x, p.c.valueHigh]] };
          })) },
        { type: "scatter", z: 3, labelLayout: { hideOverlap: true },
          data: points.map(function (p) {
            var chosen = names.indexOf(p.n) >= 0;
            return {
              value: [p.x, p.c.value], c: p.c, symbol: p.c.symbol, symbolSize: chosen ? 15 : 11,
              itemStyle: { color: p.c.color, opacity: chosen ? 1 : 0.75, borderColor: css("--paper"), borderWidth: 1.5 },
              label: {
                show: chosen || !phone, position: beside(m, side(p.x, name(p.c), plot, chosen !== fps, chosen)), align: align(p.x, name(p.c), plot, chosen !== fps, chosen), distance: 7, fontSize: phone ? 11 : 12.5,
                fontWeight: chosen ? 600 : 400, color: chosen ? css("--ink") : css("--soft"),
                textBorderColor: css("--paper"), textBorderWidth: 3,
                formatter: function () { return name(p.c); }
              }
            };
          }) },
        { type: "scatter", z: 2, symbol: "rect", symbolSize: [3, 14], symbolOffset: [0, -8],
          data: untrained.map(function (p) {
            return { value: [p.x, option.yAxis.min], c: p.c, itemStyle: { color: p.c.color, opacity: 0.85 } };
          }) }
      ];
      return option;
    };
  }
  function countTick(v) { return count(v).replace(/\.0+(?= |$)/, ""); }
  function figureTick(v) { return v >= 1000 ? (v / 1000) + " k" : String(v); }
  function interval(p, axis) {
    if (axis !== "mean" && axis !== "model") return null;
    var stage = axis === "mean" ? p.c.end : p.c.engineAlone;
    return stage && known(stage.low) && known(stage.high) ? [stage.low, stage.high] : null;
  }
  /**
   * Where a label goes. Nothing lies on the better side of a point of the front, so its label goes
   * there; the others' go to the worse side. Where there is no room, above or to the other side.
   */
  function side(x, text, plot, left, above) {
    var at = along(x, plot);
    var needed = 7.2 * text.length + 14;
    if (left) return at + 30 > needed ? "left" : above ? "top" : "right";
    return plot.width - at + 12 > needed ? "right" : above ? "top" : "left";
  }

  /** The better side is below where less is better. */
  function beside(measure, position) { return position === "top" && !measure.more ? "bottom" : position; }
  function along(x, plot) {
    return plot.width * (Math.log(x) - Math.log(plot.min)) / (Math.log(plot.max) - Math.log(plot.min));
  }
  /** How a label lies to its point: one above it does not leave the picture at either side. */
  function align(x, text, plot, left, above) {
    if (side(x, text, plot, left, above) !== "top") return undefined;
    var half = (7.2 * text.length + 14) / 2;
    if (along(x, plot) + 30 < half) return "left";
    return plot.width - along(x, plot) + 12 < half ? "right" : "center";
  }

  // ---- latency distributions ----------------------------------------------------------------

  function latency(board, state) {
    return function (width) {
      var rows = board.contenders.filter(function (c) { return c[state.stage] && c[state.stage].box; });
      return state.form === "box" ? boxes(rows, state.stage, width) : curves(rows, state.stage, width);
    };
  }
  function boxes(rows, stage, width) {
    var option = base();
    if (!rows.length) return option;
    var sorted = rows.slice().sort(function (a, b) { return b[stage].p50 - a[stage].p50; });
    var all = [];
    sorted.forEach(function (c) {
      all.push(c[stage].box[0], c[stage].box[4]);
      if (known(c[stage].p99)) all.push(c[stage].p99);
    });
    var phone = width < 560;
    var longest = Math.max.apply(null, sorted.map(function (c) { return c.label.length; }));
    var room = phone ? 0 : Math.min(0.38 * width, 6.9 * longest + 8);
    option.grid = { left: phone ? 12 : room + 14, right: 24, top: 8, bottom: 48 };
    option.xAxis = logAxis(all, "ms a frame (log)", figureTick, 1.12);
    option.xAxis.splitLine = { show: true, lineStyle: { color: css("--grid") } };
    option.yAxis = {
      type: "category", data: sorted.map(function (c) { return c.label; }),
      axisLabel: phone
        ? { color: css("--ink"), inside: true, fontSize: 11, verticalAlign: "bottom", padding: [0, 0, 9, 0], margin: 2 }
        : { color: css("--ink"), fontSize: 12.5, width: room, overflow: "truncate" },
      axisTick: { show: false }, axisLine: { lineStyle: { color: css("--rule") } }, z: 10
    };
    option.tooltip.formatter = function (p) { return tip(sorted[p.dataIndex]); };
    option.series = [
      { type: "boxplot", boxWidth: [6, 14],
        data: sorted.map(function (c) {
          return { value: c[stage].box, itemStyle: { color: soften(c.color), borderColor: c.color, borderWidth: 1.6 } };
        }) },
      { type: "scatter", symbolSize: 6,
        data: sorted.map(function (c) { return { value: [known(c[stage].p99) ? c[stage].p99 : "-", c.label], itemStyle: { color: c.color } }; }) }
    ];
    return option;
  }
  function soften(color) { return color + "40"; }
  function curves(rows, stage, width) {
    var option = base();
    if (!rows.length) return option;
    var all = [];
    rows.forEach(function (c) { all.push(c[stage].curve[0], c[stage].curve[c[stage].curve.length - 1]); });
    option.grid = { left: 44, right: 24, top: 40, bottom: 48 };
    option.xAxis = logAxis(all, "ms a frame (log)", figureTick, 1.1);
    option.yAxis = valueAxis("share of runs, %", { min: 0, max: 100 });
    option.tooltip.formatter = function (p) { return tip(rows[p.seriesIndex]); };
    option.series = rows.map(function (c) {
      var curve = c[stage].curve;
      return {
        type: "line", showSymbol: false, symbol: "none", triggerLineEvent: true, name: c.label,
        lineStyle: { color: c.color, width: 1.8, type: c.symbol === "circle" ? "solid" : c.symbol === "diamond" ? "dashed" : "dotted" },
        emphasis: { lineStyle: { width: 3 } },
        endLabel: { show: width >= 560 && rows.length <= 6, formatter: c.model, color: css("--ink") },
        data: curve.map(function (ms, i) { return [ms, curve.length === 1 ? 100 : 100 * i / (curve.length - 1)]; })
      };
    });
    return option;
  }

  // ---- cost against latency -----------------------------------------------------------------

  function cost(board, state) {
    return function (width) {
      var points = board.contenders.filter(function (c) { return c.engineAlone && known(c[state.cost]); });
      var option = base();
      if (!points.length) return option;
      var phone = width < 560;
      option.grid = { left: 52, right: phone ? 16 : 28, top: 34, bottom: 48 };
      option.xAxis = logAxis(points.map(function (c) { return c[state.cost]; }),
        state.cost === "macs" ? "multiply-accumulates a frame (log)" : "parameters (log)", countTick, 1.5);
      option.yAxis = logAxis(points.map(function (c) { return c.engineAlone.mean; }), "", figureTick, 1.4);
      option.yAxis.name = "model only, ms (log)";
      option.yAxis.nameLocation = "end";
      option.yAxis.nameGap = 14;
      option.yAxis.nameTextStyle = { color: css("--soft"), fontSize: 13, align: "left", padding: [0, 0, 0, -42] };
      option.yAxis.splitLine = { show: true, lineStyle: { color: css("--grid") } };
      option.tooltip.formatter = function (p) { return tip(p.data.c); };
      var plot = { width: width - option.grid.left - option.grid.right, min: option.xAxis.min, max: option.xAxis.max };
      option.series = [{
        type: "scatter", labelLayout: { hideOverlap: true },
        data: points.map(function (c) {
          return {
            value: [c[state.cost], c.engineAlone.mean], c: c, symbol: c.symbol, symbolSize: 12,
            itemStyle: { color: c.color, opacity: 0.9, borderColor: css("--paper"), borderWidth: 1.5 },
            label: { show: true, position: side(c[state.cost], name(c), plot, false, false), distance: 6, fontSize: phone ? 11 : 12,
              color: css("--soft"), textBorderColor: css("--paper"), textBorderWidth: 3, formatter: function () { return name(c); } }
          };
        })
      }];
      return option;
    };
  }

  // ---- frames of a network that chooses by the frame ----------------------------------------

  function frames(contender) {
    return function (width) {
      var option = base();
      var phone = width < 560;
      option.grid = { left: 56, right: phone ? 16 : 28, top: 34, bottom: 48 };
      option.xAxis = {
        type: "value", scale: true, name: "multiply-accumulates of the frame", nameLocation: "middle", nameGap: 30,
        splitNumber: phone ? 3 : 5, nameTextStyle: { color: css("--soft"), fontSize: 13 },
        axisLabel: { color: css("--soft"), formatter: countTick, hideOverlap: true }, splitLine: { show: false },
        axisLine: { onZero: false, lineStyle: { color: css("--rule") } }
      };
      option.yAxis = valueAxis("engine's time, ms", { nameTextStyle: { color: css("--soft"), fontSize: 13, align: "left", padding: [0, 0, 0, -44] } });
      option.tooltip.formatter = function (p) {
        var f = p.data && p.data.f;
        return f ? '<div class="tip"><b>' + escape(f.id) + "</b><table><tr><td>median of " + f.runs + " runs</td><td>" + figure(f.ms) +
          " ms</td></tr><tr><td>MACs</td><td>" + count(f.macs) + "</td></tr></table></div>" : "";
      };
      option.series = [{
        type: "scatter", symbolSize: 10,
        itemStyle: { color: contender.color, opacity: 0.8, borderColor: css("--paper"), borderWidth: 1 },
        data: contender.frames.map(function (f) { return { value: [f.macs, f.ms], f: f }; }),
        markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: css("--soft"), type: "dashed" },
          data: [{ yAxis: contender.engineAlone.mean }] }
      }];
      return option;
    };
  }

  // ---- late answers -------------------------------------------------------------------------

  function roadAt(board, state) {
    var same = board.road.rungs.filter(function (r) { return r.hardware === board.road.rungs[0].hardware; });
    var asked = same[state.rung];
    return board.road.rungs.filter(function (r) {
      return asked && r.camera === asked.camera && r.policy === asked.policy;
    })[state.factor];
  }
  /**
   * Places for names beside points, so that no name lies on another one or on a point: right or left
   * of its point, as near to it as there is room. Where there is none a name has no place.
   */
  function spread(points, plot, size) {
    var high = size + 4;
    var pen = document.createElement("canvas").getContext("2d");
    pen.font = size + "px " + getComputedStyle(document.body).fontFamily;
    var taken = points.map(function (p) { return { x: p.x - 8, y: p.y - 8, w: 16, h: 16 }; });
    var free = function (b) {
      return b.x >= plot.left && b.x + b.w <= plot.right && b.y >= plot.top && b.y + b.h <= plot.bottom &&
        taken.every(function (t) { return b.x >= t.x + t.w || t.x >= b.x + b.w || b.y >= t.y + t.h || t.y >= b.y + b.h; });
    };
    return points.map(function (p) {
      var wide = Math.ceil(pen.measureText(p.text).width) + 4;
      for (var step = 0; step < 2 * (plot.bottom - plot.top) / high; step++) {
        for (var way = 0; way < (step ? 4 : 2); way++) {
          var right = way % 2 === 0;
          var y = p.y - high / 2 + (way < 2 ? -1 : 1) * step * high / 2;
          var box = { x: right ? p.x + 12 : p.x - 12 - wide, y: y, w: wide, h: high, right: right };
          if (free(box)) {
            taken.push(box);
            return box;
          }
        }
      }
      return null;
    });
  }
  function road(board, state) {
    return function (width, height) {
      var option = base();
      if (!board.road) return option;
      var phone = width < 560;
      var rung = roadAt(board, state);
      var dots = rung ? rung.dots : [];
      var ends = board.road.perfect.map(function (p) { return p[0]; });
      var oldest = Math.max.apply(null, dots.map(function (d) { return d.ms; }).concat(dots.length ? [150] : ends, [1]));
      var far = dots.length ? Math.max(oldest, Math.min(2 * oldest, Math.max.apply(null, ends))) : oldest;
      option.grid = { left: 44, right: phone ? 16 : 28, top: 40, bottom: 48 };
      option.xAxis = { type: "value", min: 0, max: Math.ceil(far / 50) * 50, name: "age of the answer, ms", nameLocation: "middle", nameGap: 30,
        nameTextStyle: { color: css("--soft"), fontSize: 13 }, axisLabel: { color: css("--soft"), hideOverlap: true },
        splitLine: { show: false }, axisLine: { lineStyle: { color: css("--rule") } } };
      option.yAxis = valueAxis("mIoU, %", { min: 0, max: 1, axisLabel: { color: css("--soft"), formatter: function (v) { return (100 * v).toFixed(0); } } });
      option.tooltip.formatter = function (p) {
        var d = p.data && p.data.d;
        return d ? '<div class="tip"><b>' + escape(board.contenders[d.contender].label) + "</b><table><tr><td>streaming mIoU</td><td>" +
          percent(d.miou) + " %</td></tr><tr><td>mean age</td><td>" + figure(d.ms) + " ms</td></tr></table></div>" : "";
      };
      var plot = { left: option.grid.left, right: width - option.grid.right, top: option.grid.top, bottom: height - option.grid.bottom };
      var across = (plot.right - plot.left) / option.xAxis.max;
      var points = dots.map(function (d) {
        return { x: plot.left + d.ms * across, y: plot.bottom - d.miou * (plot.bottom - plot.top), text: name(board.contenders[d.contender]) };
      });
      var size = phone ? 11 : 12.5;
      var places = spread(points, plot, size);
      var leaders = [];
      places.forEach(function (b, i) {
        if (b && Math.abs(b.y + b.h / 2 - points[i].y) > b.h / 2) {
          leaders.push({ coords: [[dots[i].ms, dots[i].miou],
            [((b.right ? b.x : b.x + b.w) - plot.left) / across, (plot.bottom - b.y - b.h / 2) / (plot.bottom - plot.top)]] });
        }
      });
      option.series = [
        { type: "line", symbol: "none", silent: true, z: 1, data: board.road.perfect, lineStyle: { color: css("--soft"), width: 5, opacity: 0.45 } }
      ].concat(board.road.curves.map(function (c) {
        return { type: "line", symbol: "none", silent: true, z: 2, data: c.points,
          lineStyle: { color: board.contenders[c.contender].color, width: 1.8 } };
      }), [{ type: "lines", coordinateSystem: "cartesian2d", silent: true, z: 3, symbol: "none",
        lineStyle: { color: css("--soft"), width: 1, opacity: 0.8 }, data: leaders
      }, { type: "scatter", z: 4, data: dots.map(function (d, i) {
        var c = board.contenders[d.contender], b = places[i], half = 13 / 2;
        return { value: [d.ms, d.miou], d: d, symbol: c.symbol, symbolSize: 13,
          itemStyle: { color: c.color, borderColor: css("--paper"), borderWidth: 1.5 },
          label: !b ? { show: false } : { show: true, align: b.right ? "left" : "right", verticalAlign: "middle",
            position: [(b.right ? b.x : b.x + b.w) - points[i].x + half, b.y + b.h / 2 - points[i].y + half],
            fontSize: size, color: css("--ink"), textBorderColor: css("--paper"), textBorderWidth: 3, formatter: function () { return name(c); } } };
      }) }]);
      return option;
    };
  }
  /** Other hardware: the dots of the chart, and the ladder and table that were made for it. */
  function hardware(form, section, board, state, draw) {
    if (!form || !board.road) return;
    form.hidden = false;
    var parts = Array.from(section.querySelectorAll("[data-factor]"));
    var answer = function () {
      state.factor = Number(form.factor.value);
      parts.forEach(function (part, i) { part.classList.toggle("off", i !== state.factor); });
      form.querySelector("output").textContent = parts[state.factor].dataset.factor;
      draw();
    };
    form.addEventListener("input", answer);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    answer();
  }

  // ---- random pruning -----------------------------------------------------------------------

  function reached(reach) {
    return function (width) {
      var option = base();
      var phone = width < 560;
      var top = Math.max.apply(null, [1].concat(reach.points.map(function (p) { return p.latency; })));
      var share = function (v) { return (100 * v).toFixed(0); };
      var axis = function (name, max) {
        return { type: "value", min: 0, max: max, name: name, splitLine: { lineStyle: { color: css("--grid") } },
          axisLabel: { color: css("--soft"), formatter: share }, axisLine: { lineStyle: { color: css("--rule") } },
          nameTextStyle: { color: css("--soft"), fontSize: 13 } };
      };
      option.grid = { left: 46, right: phone ? 14 : 28, top: 38, bottom: 48 };
      option.xAxis = Object.assign(axis("multiply-accumulates left, %", 1), { nameLocation: "middle", nameGap: 30, interval: 0.2 });
      option.yAxis = Object.assign(axis("latency left, %", Math.ceil(5 * top + 0.2) / 5), { nameLocation: "end",
        nameTextStyle: { color: css("--soft"), fontSize: 13, align: "left", padding: [0, 0, 0, -34] }, axisLine: { show: false } });
      option.tooltip.formatter = function (p) {
        var d = p.data && p.data.p;
        return d ? '<div class="tip"><b>' + escape(d.kind) + " " + d.number + "</b><table><tr><td>latency</td><td>" + share(d.latency) +
          " %</td></tr><tr><td>MACs</td><td>" + share(d.macs) + " %</td></tr><tr><td>parameters</td><td>" + share(d.params) + " %</td></tr></table></div>" : "";
      };
      var kinds = [["filter", "--strong", "circle"], ["layer", "--accent", "diamond"], ["parent", "--soft", "circle"]];
      option.series = [
        { type: "line", data: [[0, 0], [1, 1]], symbol: "none", silent: true, z: 1, lineStyle: { color: css("--soft"), width: 1.4, type: "dashed" } }
      ].concat(kinds.map(function (kind) {
        return { type: "scatter", symbol: kind[2], symbolSize: kind[0] === "layer" ? 10 : 8, z: 2,
          itemStyle: { color: css(kind[1]), opacity: 0.72, borderColor: css("--paper"), borderWidth: 0.8 },
          data: reach.points.filter(function (p) { return p.kind === kind[0]; }).map(function (p) { return { value: [p.macs, p.latency], p: p }; }) };
      }));
      return option;
    };
  }

  // ---- tables -------------------------------------------------------------------------------

  function sortable(table) {
    var heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      head.querySelector("button").addEventListener("click", function () {
        var now = head.getAttribute("aria-sort");
        var order = now ? (now === "ascending" ? "descending" : "ascending") : head.dataset.first;
        heads.forEach(function (h) { h.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", order);
        var sign = order === "ascending" ? 1 : -1;
        var numeric = head.classList.contains("n");
        var rows = Array.from(table.tBodies[0].rows);
        rows.sort(function (a, b) {
          var x = a.cells[column], y = b.cells[column];
          if (!numeric) return sign * x.textContent.trim().localeCompare(y.textContent.trim(), "en");
          var missing = (x.dataset.v === "") - (y.dataset.v === "");
          return missing || sign * (Number(x.dataset.v) - Number(y.dataset.v));
        });
        rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
      });
    });
  }

  // ---- time budget --------------------------------------------------------------------------

  function budget(form, board) {
    var rated = board.contenders.filter(function (c) { return c.end && known(c.value); });
    if (!form || !rated.length) return;
    form.hidden = false;
    var start = rated.map(function (c) { return c.end.mean; }).sort(function (a, b) { return a - b; });
    form.budget.value = figure(start[Math.floor(start.length / 2)] * 1.02);
    var answer = function () {
      var ms = Number(form.budget.value), stat = form.stat.value;
      var fit = rated.filter(function (c) { return known(c.end[stat]) && c.end[stat] <= ms; });
      var best = null;
      front(fit.map(function (c) { return { c: c, x: c.end[stat] }; }), false).forEach(function (p) { best = p.c; });
      form.querySelector("output").textContent = best
        ? "→ " + best.label + ": " + (best.measure.percent ? written(best.measure, best.value) + " " + best.measure.title : best.measure.title + " " + written(best.measure, best.value)) + ", " + figure(best.end[stat]) + " ms"
        : "→ none of them is that fast";
    };
    form.addEventListener("input", answer);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    answer();
  }

  // ---- putting it together ------------------------------------------------------------------

  document.querySelectorAll("[data-board]").forEach(function (section, index) {
    var board = data.boards[index];
    var state = { axis: "mean", stage: "end", form: "box", cost: "macs", rung: 0, factor: 0 };
    var find = function (selector) { return section.querySelector(selector); };
    var place = function (name, option) {
      var element = find('[data-chart="' + name + '"]');
      return element ? mount(element, option(board, state)) : function () {};
    };
    var latencyElement = find('[data-chart="latency"]');
    if (latencyElement) {
      var rows = board.contenders.filter(function (c) { return c.end && c.end.box; }).length;
      latencyElement.style.height = Math.max(300, 90 + (rows > 20 ? 24 : 34) * rows) + "px";
    }
    var drawScatter = place("scatter", scatter);
    var drawLatency = place("latency", latency);
    var drawCost = place("cost", cost);
    var drawRoad = place("road", road);
    choice(find("[data-axis]"), function (v) { state.axis = v; drawScatter(); });
    choice(find("[data-stage]"), function (v) { state.stage = v; drawLatency(); });
    choice(find("[data-form]"), function (v) { state.form = v; drawLatency(); });
    choice(find("[data-cost]"), function (v) { state.cost = v; drawCost(); });
    choice(find("[data-road]"), function (v) { state.rung = Number(v); drawRoad(); });
    hardware(find("form.hardware"), section, board, state, drawRoad);
    choice(find("[data-gallery]"), function (v) { find(".gallery").dataset.show = v; });
    section.querySelectorAll("[data-frames]").forEach(function (element) {
      mount(element, frames(board.contenders[Number(element.dataset.frames)]));
    });
    budget(find("form.budget:not(.hardware)"), board);
  });
  document.querySelectorAll("[data-reach]").forEach(function (element) {
    mount(element, reached(data.reaches[Number(element.dataset.reach)]));
  });
  document.querySelectorAll("table[data-sortable]").forEach(sortable);

  function fit(width) {
    charts.forEach(function (c) {
      c.chart.resize(width ? { width: width } : undefined);
      c.draw();
    });
  }
  var waiting;
  window.addEventListener("resize", function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () { fit(); }, 120);
  });
  window.addEventListener("beforeprint", function () { fit(PRINT_WIDTH); });
  window.addEventListener("afterprint", function () { fit(); });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () { fit(); });
})();
