#!/usr/bin/env bash
# tiny-pinyin 1.3.2 (npm), held against pinyin-pro 3.29.4 (npm); Node.js 20.20.2 with the ICU it brings, 78.2.
# Names are turned into pinyin to sort them, to block by sound, and to find somebody by what was heard. The package has no dictionary: it asks where a character stands in the order of the language's
# collation (Intl.Collator) between a few hundred characters that begin a syllable. Its readme says that the 6763 characters of GB 2312 are no trouble, on Node.js from 4 to the latest; that it
# knows one reading a character, it says too. One would expect one of the readings that a character has. In the order of today some of the characters at the borders have moved, so whole syllables are taken for
# a neighbour: every na is mu, every bei is bao, every qiang and qiao and all qian but 千 are qie; dian, rong and zhuo in part. isSupported() says true.
# Hurts: whoever looks up names by sound. 娜, among the commonest signs in names of women, is MU; 钱, 强 and 乔, three surnames, are QIE all three; the streets to the north, 北, are BAO.
set -euo pipefail
command -v npm >/dev/null || { echo "needs Node.js with npm" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund tiny-pinyin@1.3.2 pinyin-pro@3.29.4 >/dev/null
cat >sounds.js <<'JS'
const tiny = require("tiny-pinyin");
const { pinyin } = require("pinyin-pro");
const decoder = new TextDecoder("gb18030");
const without = syllable => syllable.replaceAll("ü", "v");
const known = sign => pinyin(sign, { toneType: "none", multiple: true, type: "array" }).map(without);
const wrong = new Map();
let asked = 0;
for (let high = 0xb0; high <= 0xd7; high++) // the first level of GB 2312, the 3755 characters in daily use
  for (let low = 0xa1; low <= (high === 0xd7 ? 0xf9 : 0xfe); low++) {
    const sign = decoder.decode(new Uint8Array([high, low]));
    const heard = without(tiny.convertToPinyin(sign, "", true));
    asked += 1;
    if (!known(sign).includes(heard)) wrong.set(sign, heard);
  }
console.log("node", process.versions.node, "icu", process.versions.icu, "supported, it says:", tiny.isSupported());
console.log(`of ${asked} common characters ${wrong.size} have a reading that they do not have:`);
for (const heard of new Set(wrong.values())) console.log(" ", heard, [...wrong.keys()].filter(sign => wrong.get(sign) === heard).join(""));
for (const name of ["李娜", "钱敏", "强敏", "乔敏", "北街"]) console.log(name, tiny.convertToPinyin(name, " "), "is", pinyin(name, { toneType: "none" }).toUpperCase());
const expected = { 娜: "mu", 钱: "qie", 强: "qie", 乔: "qie", 北: "bao", 点: "di", 荣: undefined, 芳: undefined };
const seen = Object.entries(expected).every(([sign, heard]) => wrong.get(sign) === heard);
process.exit(tiny.isSupported() && asked === 3755 && wrong.size >= 50 && seen ? 0 : 1);
JS
node sounds.js && echo "seen: whole syllables are read as their neighbours" || { echo "changed"; exit 1; }
