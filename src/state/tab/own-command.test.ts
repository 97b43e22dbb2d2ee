import { expect, test } from 'vitest';
import { commandIn } from './own-command';

test('the command is the path that the server of the page names', () => {
  expect(commandIn({ program: '/opt/queuescope/dist-node/queuescope.mjs' })).toBe(
    'node /opt/queuescope/dist-node/queuescope.mjs',
  );
});

test.each([undefined, null, {}, { program: 1 }, { program: 'queuescope' }, { program: '--eval=x' }])(
  'and %j names none: a path is absolute',
  (settings) => expect(commandIn(settings)).toBeUndefined(),
);
