#!/usr/bin/env bash
# Decides what the machine must have: system packages, .venv and the pinned packages; quick when nothing is missing.
#   .ci/setup.sh runtime   to run Muniment       .ci/setup.sh dev   to check it as well
# Where it may not install system packages it says the one command that would, and ends with 1.
set -euo pipefail
cd "$(dirname "$0")/.."
level="${1:-dev}"
case "$level" in runtime) lock=requirements.lock ;; dev) lock=requirements-dev.lock ;; *) echo "usage: $0 runtime|dev" >&2; exit 2 ;; esac

# -- what is missing on this machine ---------------------------------------------------------------
have() { command -v "$1" >/dev/null 2>&1; }

find_python() {
    local candidate
    for candidate in python3 python3.13 python3.12 python3.11; do
        if have "$candidate" && "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

missing_languages() {
    local known language
    known=$(tesseract --list-langs 2>/dev/null || true)
    for language in chi_sim chi_tra eng osd; do
        grep -qx "$language" <<<"$known" || echo "tesseract-ocr-${language//_/-}"
    done
}

has_cjk_font() { compgen -G '/usr/share/fonts/*/noto*/Noto*CJK*' >/dev/null; }

has_browser() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do have "$name" && return; done
    compgen -G "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}/chromium*" >/dev/null
}

# Ubuntu's chromium is a snap, which does not run in a container: playwright's own is fetched there instead.
is_ubuntu() { grep -qx 'ID=ubuntu' /etc/os-release 2>/dev/null; }

missing_packages() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    have tesseract || echo tesseract-ocr
    missing_languages
    has_cjk_font || echo fonts-noto-cjk
    [ "$level" = dev ] || return 0
    has_browser || is_ubuntu || echo chromium
    have pdftotext || echo poppler-utils
    compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || echo postgresql
    have redis-server || echo redis-server
}

# -- system packages -------------------------------------------------------------------------------
install_packages() {
    local sudo=() command="apt-get install -y --no-install-recommends $*"
    [ "$(id -u)" = 0 ] || sudo=(sudo -n)
    if have apt-get && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
        echo "installing: $*" >&2
        local apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600)
        "${apt[@]}" update >/dev/null || echo "the package lists could not all be refreshed; going on" >&2
        "${apt[@]}" install -y --no-install-recommends "$@" >/dev/null && return
    fi
    echo "Some system packages are missing. This one command installs them, then run make again:" >&2
    echo "    sudo sh -c 'apt-get update && $command'" >&2
    exit 1
}

# -- .venv -----------------------------------------------------------------------------------------
stamp() { { echo "$PWD"; "$python" --version; cat "$1" pyproject.toml .ci/setup.sh; } | sha256sum | cut -d' ' -f1; }

is_fresh() { [ "$(cat ".venv/.muniment-$2" 2>/dev/null)" = "$(stamp "$1")" ] && .venv/bin/python -c '' 2>/dev/null; }

venv_fits() {
    local version='import sys; print(sys.version)'
    [ "$(.venv/bin/python -c "import pip; $version" 2>/dev/null)" = "$("$python" -c "$version")" ]
}

fill_venv() {
    echo "setting up .venv ($level)" >&2
    venv_fits || "$python" -m venv --clear .venv
    local pip=(.venv/bin/python -m pip --disable-pip-version-check --quiet --quiet install)
    "${pip[@]}" --require-hashes --only-binary :all: --requirement "$lock"
    "${pip[@]}" --no-build-isolation --no-deps --no-index --editable .
    [ "$level" = runtime ] || has_browser || .venv/bin/python -m playwright install --with-deps chromium >&2
    stamp "$lock" > ".venv/.muniment-$level"
}

python=$(find_python)
if [ -z "$python" ]; then
    echo "Python 3.11, 3.12 or 3.13 is needed (Debian 12, Debian 13 and Ubuntu 24.04 have one): sudo apt-get install python3 python3-venv" >&2
    exit 1
fi
mapfile -t missing < <(missing_packages)
[ "${#missing[@]}" = 0 ] || install_packages "${missing[@]}"
is_fresh requirements-dev.lock dev && exit 0
[ "$level" = runtime ] && is_fresh requirements.lock runtime && exit 0
exec 9<Makefile  # two makes of one clone take turns
flock 9
is_fresh "$lock" "$level" || fill_venv
