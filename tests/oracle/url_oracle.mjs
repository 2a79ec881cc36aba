// SPDX-License-Identifier: Apache-2.0
// Compares UrlParser with the URL class of node, on absolute URLs made of
// pieces and mutated, with a fixed seed:
//
//     node url_oracle.mjs PATH_OF_winnow_url_dump [COUNT] [FILE_OF_URLS]
//
// Known differences, left out: `^` in a path (the standard encodes it since
// 2024, older nodes do not), Windows drive letters and back slashes in `file:`,
// spaces at the end of opaque paths, `foo://host/..` (by the standard a path of
// `/`; node 20 says none).
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [, , dump, count = '200000', file] = process.argv;
let state = 12345;
const random = (n) => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return (state >>> 8) % n;
};
const pick = (list) => list[random(list.length)];
const schemes = ['http', 'https', 'HTTP', 'ftp', 'ws', 'foo', 'a+b', 'mailto'];
const slashes = ['://', '://', '://', ':', ':/', ':///', ':\\\\'];
const users = ['', '', '', '', 'u@', 'u:p@', ':@', 'a@b@', 'ü:%41@'];
const hosts = ['example.org', 'EXAMPLE.com', 'a.b.c', '127.0.0.1', '0x7f.1',
  '1.2.3', '256.1', '[::1]', '[1:2::3.4.5.6]', '[1:2]', 'bücher.de', 'faß.de',
  'xn--bcher-kva.de', 'xn--a', 'a..b', '.a', 'a.', '', '한국.kr', 'a%41b',
  'a_b', '-a-', '1.2.3.4.', 'x.0x', 'é.0', 'ab\u00ad', '\uff11.2.3.4'];
const ports = ['', '', '', ':80', ':443', ':8080', ':', ':0', ':65536', ':1x'];
const paths = ['', '/', '/a/b', '/a/../b', '/./', '/..', '/%2e%2E/x', '//x',
  '/a b', '/é', '/<>"`{}', '/a;b=c', '\\x\\y', '/a/b/..', '/%', '/한글'];
const queries = ['', '', '?', '?a=b&c', "?'\"<>", '?é', '?a?b', '?%41'];
const hashes = ['', '', '#', '#x', '#`é', '#a#b'];
const noise = ['@', ':', '/', '\\', '?', '#', '[', ']', '%', '.', ' ', '\t',
  '0', 'x', 'é', '|', '<', '\u0000', '-'];

const inputs = [];
for (let i = 0; i < Number(count); ++i) {
  let url = pick(schemes) + pick(slashes) + pick(users) + pick(hosts) +
      pick(ports) + pick(paths) + pick(queries) + pick(hashes);
  for (let n = random(3); n > 0; --n) {
    const at = random(url.length + 1);
    url = url.slice(0, at) + pick(noise) + url.slice(at + random(2));
  }
  inputs.push(url);
}
if (file) inputs.push(...readFileSync(file, 'utf8').split('\n').filter((l) => l));

const done = spawnSync(dump, [], {
  input: inputs.map((u) => Buffer.from(u).toString('hex') + '\n').join(''),
  maxBuffer: 1 << 30,
});
const lines = done.stdout.toString().split('\n');
let differ = 0;
let parsed = 0;
inputs.forEach((input, i) => {
  let want = '-';
  try {
    const u = new URL(input);
    const opaque = !u.pathname.startsWith('/') && u.host === '';
    if (u.protocol === 'file:' || u.pathname.includes('^')) return;
    if (u.pathname === '' && u.host !== '') return;
    if (opaque && / [?#]|%20[?#]/.test(u.href)) return;
    want = [u.href, u.hostname, u.port, u.pathname, u.search.slice(1)]
        .map((s) => Buffer.from(s).toString('hex')).join(' ');
    ++parsed;
  } catch { /* no URL */ }
  if (want === lines[i]) return;
  if (++differ > 20) return;
  const show = (s) => s === '-' ? s : s.split(' ').map(
      (h) => Buffer.from(h, 'hex').toString()).join(' | ');
  console.log(JSON.stringify(input), '\n  node  ', show(want), '\n  winnow',
      show(lines[i]));
});
console.log(`${inputs.length} compared, ${parsed} are URLs, ${differ} differ`);
process.exit(differ === 0 ? 0 : 1);
