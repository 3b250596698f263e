#!/usr/bin/env bash
# Does the nightly run hold on a real clock? Runs nights of the demo in a row on an idle machine, then replaces one network by a
# wider one, then changes an option of an engine, and prints what each night said.
#
#   eval/studies/night-check.sh DRIVEMARK FOLDER [NIGHTS] [RUNS]
#
# DRIVEMARK is the launcher, FOLDER where everything goes, NIGHTS how many unchanged ones come first (12), RUNS timed runs of a
# cell (60). Expected: no event among the unchanged nights; after the wider network (candidate of width 1.5 in place of 0.75)
# an event of cause "model" within two nights; after the option (PyTorch's kernels without AVX) one of cause "engine".
# A width of 0.8 costs no time that 0.75 does not (both fill the same blocks of 16 channels), nor does AVX2 in place of AVX-512
# on a processor that computes 512 bits in two halves: neither is a change to find.
# A suspicion is timed again after ten minutes, as nights do: what troubles one cell often lasts for some.
# Width 1.0 costs 20 to 37 %: on a machine whose cells wander by 4 % from night to night a dozen nights are few for that.
set -euo pipefail

drivemark=$1
folder=$2
nights=${3:-12}
runs=${4:-60}
here=$(cd "$(dirname "$0")" && pwd)

mkdir -p "$folder"
sed "s/runs: 60/runs: $runs/" "$here/night-study.yaml" >"$folder/night-study.yaml"
cat >"$folder/night.yaml" <<END
schema: drivemark-night/1
study: night-study.yaml
accuracy: {again: changed, every: 7}
END

night() {
  local code=0
  "$drivemark" nightly "$folder/night.yaml" >"$folder/out.txt" 2>"$folder/err.txt" || code=$?
  printf '%s\texit %s\t%s\n' "$1" "$code" "$(head -1 "$folder/out.txt")" | tee -a "$folder/verdicts.tsv"
  grep -E '^(note|finding|drivemark nightly):' "$folder/err.txt" | sed 's/^/\t/' || true
}

for i in $(seq "$nights"); do
  night "unchanged $i"
done
sed -i "s/width: '0.75'/width: '1.5'/" "$folder/night-study.yaml"
night "wider 1"
night "wider 2"
export DNNL_MAX_CPU_ISA=SSE41 ONEDNN_MAX_CPU_ISA=SSE41 ATEN_CPU_CAPABILITY=default
night "option 1"
night "option 2"
