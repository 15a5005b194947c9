// XML from strangers: what is read, what is refused, and that nothing makes the reader fail or run on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { escapeXml, isTrouble, parseSoapXml, type XmlNode } from './xml.ts';

const RUNS = 3000;

function read(text: string): XmlNode {
  const root = parseSoapXml(text);
  assert.ok(!isTrouble(root), isTrouble(root) ? root.reason : '');
  return root;
}

test('parseSoapXml: prefixes, attributes, entities, CDATA, comments; space in text stays', () => {
  const root = read(
    '\uFEFF<?xml version="1.0"?>\n<s:a xmlns:s="u" b=\'1 &lt; 2\'><!-- c --><s:d> &amp;&#65;&#x42; </s:d><e/><![CDATA[<x>&]]></s:a>\n',
  );
  assert.equal(root.name, 'a');
  assert.deepEqual(root.attributes, [
    ['xmlns:s', 'u'],
    ['b', '1 < 2'],
  ]);
  assert.deepEqual(
    root.children.map(({ name, text }) => [name, text]),
    [
      ['d', ' &AB '],
      ['e', ''],
    ],
  );
  assert.equal(root.text, '<x>&');
});

// biome-ignore format: a table reads in columns
const REFUSED: readonly (readonly [text: string, reason: RegExp])[] = [
  ['',                                                       /not one element/],
  ['<a></a><b></b>',                                         /not one element/],
  ['<a>',                                                    /<a> does not end/],
  ['<a></b>',                                                /ends nothing/],
  ['</a>',                                                   /ends nothing/],
  ['<a b="1" b="2"/>',                                       /two attributes b/],
  ['<a b=1/>',                                               /not well formed/],
  ['<a>&nbsp;</a>',                                          /unknown entity/],
  ['<a>&</a>',                                               /unknown entity/],
  ['<a>&#0;</a>',                                            /unknown entity/],
  ['<a>&#xD800;</a>',                                        /unknown entity/],
  ['<a>&constructor;</a>',                                   /unknown entity/],
  ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',               /document type/],
  ['<a><!-- ',                                               /without an end/],
  ['<a><![CDATA[ ',                                          /without an end/],
  ['<a '.repeat(10),                                         /not well formed/],
  ['<a>'.repeat(200),                                        /nested too deeply/],
  [`<a>${'<b/>'.repeat(200_001)}</a>`,                       /too many elements/],
  [`<a ${Array.from({ length: 40 }, (_, i) => `b${i}=""`).join(' ')}/>`, /too many attributes/],
];

for (const [text, reason] of REFUSED) {
  test(`parseSoapXml: refuses ${JSON.stringify(text.slice(0, 50))}`, () => {
    const refused = parseSoapXml(text);
    assert.ok(isTrouble(refused));
    assert.match(refused.reason, reason);
  });
}

test('escapeXml and parseSoapXml: what is written comes back; what XML cannot have is replaced', () => {
  const text = 'a<b>&"\'é\u{1F600}\t\n';
  assert.equal(read(`<a>${escapeXml(text)}</a>`).text, text);
  assert.equal(escapeXml('\0\uD800x'), '\uFFFD\uFFFDx');
});

test(`parseSoapXml: ${RUNS} damaged documents are read or refused`, () => {
  const random = new SeededRandom(25);
  const whole = '<s:E xmlns:s="u"><s:B><m a="1"><_this type="T">x&amp;</_this><![CDATA[c]]></m></s:B></s:E>';
  const pieces = [
    '<',
    '>',
    '&',
    '"',
    '/',
    '<!--',
    ']]>',
    '<![CDATA[',
    '</s:B>',
    '&#x41;',
    '\0',
    '=',
    '<?',
    ' ',
  ];
  for (let run = 0; run < RUNS; run++) {
    let text = whole;
    for (let edits = random.below(4) + 1; edits > 0; edits--) {
      const at = random.below(text.length + 1);
      text =
        text.slice(0, at) + (pieces[random.below(pieces.length)] ?? '') + text.slice(at + random.below(5));
    }
    const root = parseSoapXml(text);
    assert.ok(isTrouble(root) || root.name.length > 0, text);
  }
});
