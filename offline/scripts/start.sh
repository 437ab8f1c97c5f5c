#!/bin/sh
# Starts Atalaya from this folder, without a network.
cd "$(dirname "$0")/program" || exit 1
for python in "$ATALAYA_PYTHON" @COMMANDS@ python3 python; do
    if "$python" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] not in "@PYTHONS@".split())' 2>/dev/null; then
        exec "$python" -m offline.laptop "$@"
    fi
done
cat >&2 <<'END'
@WORDS@
END
exit 1
