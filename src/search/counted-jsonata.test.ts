import fc from 'fast-check';
import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { compileCounted, EXPRESSION_LIMITS } from './counted-jsonata';

const LINES = Array.from({ length: 200 }, (_, at) => ({ sku: `A-${at % 7}`, price: at, tags: ['x', 'y'] }));
const BODY = { total: 120, name: 'Order 7', at: '2026-01-02T03:04:05Z', nested: { a: { b: [1, 2, 3] } }, lines: LINES };

test.each([
  'total > 100',
  'lines[price > 190].sku',
  '$contains(name, /order/i)',
  '$sum(lines.price) / $count(lines)',
  '$map(lines[[0..3]], function($line, $at) { $line.sku & ":" & $at })',
  '$reduce(lines.price, function($a, $b) { $a + $b })',
  '$distinct(lines.sku)',
  '$sort(lines.price, function($a, $b) { $a < $b })[0]',
  '$pad(name, -12, "*")',
  '$replace(name, /(\\w+) (\\d)/, "$2 $1")',
  '$join(lines.sku[[0..4]], ", ")',
  '$string(nested, true)',
  '$split(name, " ") ~> $reverse() ~> $join("-")',
  '($last := $substringAfter(?, " "); $last(name))',
  'lines{sku: $sum(price)}',
  '$lookup(nested, "a").b ~> $append([4])',
  'lines^(>price)[0].price',
  '$formatNumber(total, "#,##0.00")',
  '$fromMillis($toMillis(at), "[Y0001]-[M01]")',
  'nested = {"a": {"b": [1, 2, 3]}}',
  '$merge([{"a": 1}, {"b": 2}])',
  '$filter(lines, function($line) { $line.price in [3, 4] }).sku',
  '$each(nested, function($value, $key) { $key })',
  '$ ~> |nested|{"c": 1}|',
  '$match(name, /[a-z]+/).match',
  '($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(12))',
  'nested.a.b[1]',
  'nested.a.b[[0..1]]',
  'nested.a.*',
  '**.b',
  'nested.a{"k": b}',
  'lines.tags.x',
  'lines[0].tags[0]',
  'lines.tags[]',
  'lines@$l.tags[0].{"sku": $l.sku}',
  'lines.sku.%.price',
  'lines#$i[$i = 3].sku',
  'nested.a.b.($ * 2)',
  'nested.a.b ~> $sum()',
  'lines.{"s": sku}.s[0]',
])('%s gives what JSONata gives', async (source) => {
  const plain = await jsonata(source).evaluate(BODY);
  expect(JSON.stringify(await compileCounted(source).evaluate(BODY, {}))).toBe(JSON.stringify(plain));
  // Of a body without inner values paths that go on inside strings give the same.
  expect(JSON.stringify(await compileCounted(source, { isThrough: true }).evaluate(BODY, {}))).toBe(
    JSON.stringify(plain),
  );
});

test.each([
  ['$pad("a", 100000000)', /makes more/],
  ['($p := $pad; $p("a", 100000000))', /makes more/],
  ['"a" ~> $pad(100000000)', /makes more/],
  ['[1..10000000]', /list that is too long/],
  ['($f := function($s) { $f($s & $s) }; $f("0123456789abcdef"))', /makes more/],
  ['($f := function($l) { $f([$l, $l]) }; $f([1]))', /list that is too long/],
  ['($f := function($s) { $f($append($s, $s)) }; $f([1, 2]))', /list that is too long/],
  ['$replace($pad("", 100000, "a"), "a", $pad("", 100000, "b"))', /makes more/],
  ['$replace($pad("", 100000, "a"), /a/, $pad("", 100000, "b"))', /makes more/],
  ['$join($map([1..90000], function() { "a" }), $pad("", 10000, "b"))', /makes more/],
  ['$reduce([1..90000], $append)', /makes more/],
  ['$distinct([1..90000])', /makes more/],
  ['$formatNumber(1, $pad("", 30, "0") & "." & $pad("", 30, "0")) & $fromMillis(0, "[Y,999999999]")', /makes more/],
  // A value that is twice in itself, over and over, is small in memory and endless to read.
  ['($f := function($o, $n) { $n = 0 ? $o : $f({"a": $o, "b": $o}, $n - 1) }; $string($f({}, 40)))', /makes more/],
  ['($f := function($o, $n) { $n = 0 ? $o : $f({"a": $o, "b": $o}, $n - 1) }; $f({}, 40) = $f({}, 40))', /makes more/],
  ['($f := function($o, $n) { $n = 0 ? $o : $f({"a": $o, "b": $o}, $n - 1) }; $f({}, 40) & "")', /makes more/],
  ['($f := function($n) { $f($n + 1) }; $f(1))', /more steps/],
  ['($f := function($n) { 1 + $f($n + 1) }; $f(1))', /calls itself too deep/],
  ['$map([1..90000], function($a) { $map([1..90000], function($b) { $a * $b }) })', /more steps/],
  ['$eval("1 + 1")', /\$eval is not available/],
  ['$map(["1 + 1"], $eval)', /\$eval is not available/],
  ['lines@$a.lines@$b.lines@$c[$a.price + $b.price = $c.price]', /more steps|makes more|too long/],
])('%s ends by counted work', { timeout: 30_000 }, async (source, words) => {
  await expect(compileCounted(source).evaluate(BODY, {})).rejects.toThrow(words);
});

/** Expressions by a grammar of what can grow: each is put into another. */
const growing = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    fc.constantFrom('"ab"', '1', 'lines', 'name', 'lines.price', '[1..2000]', '$'),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `$string(${a}) & $string(${b})`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `$append(${a}, ${b})`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `[${a}, ${b}]`),
    fc.tuple(tie('any'), fc.nat(1e9)).map(([a, width]) => `$pad($string(${a}), ${width})`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `$replace($string(${a}), "1", $string(${b}))`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `$join($map(${a}, $string), $string(${b}))`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `$map(${a}, function($v) { $append(${b}, $v) })`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `{"a": ${a}, "b": ${b}}`),
    tie('any').map((a) => `$distinct(${a})`),
    tie('any').map((a) => `$string(${a}, true)`),
    tie('any').map((a) => `$reduce(${a}, $append)`),
  ),
})).any;

test('whatever can grow is put into whatever can grow: what comes out is no larger than the limit', async () => {
  await fc.assert(
    fc.asyncProperty(growing, async (source) => {
      try {
        const result = await compileCounted(source).evaluate(BODY, {}, { steps: 20_000, made: 100_000 });
        const size = typeof result === 'string' ? result.length / 16 : Array.isArray(result) ? result.length : 0;
        expect(size).toBeLessThanOrEqual(EXPRESSION_LIMITS.made);
        expect(size).toBeLessThanOrEqual(100_000);
      } catch (error) {
        // What JSONata refuses is a plain object, and no matter here.
        if (error instanceof Error && error.message.startsWith('expected')) throw error;
      }
    }),
    { numRuns: 60 },
  );
}, 30_000);
