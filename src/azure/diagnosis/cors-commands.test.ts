import { expect, test } from 'vitest';
import { EMULATOR } from '../protocol/emulator';
import { type CorsFlavour, corsCommand } from './cors-commands';
import { ruleFor } from './cors-rule';

const ORIGIN = 'https://queues.example';
const ACCOUNT = { account: 'harborlane', endpoint: 'https://harborlane.queue.core.windows.net' };

test.each<CorsFlavour>(['cli', 'powershell', 'bicep', 'portal'])('%s adds the rule that the page needs', (flavour) => {
  const command = corsCommand(ACCOUNT, ORIGIN, flavour);
  const { allowedOrigins, allowedMethods, maxAge } = ruleFor(ORIGIN);
  for (const part of [...allowedOrigins, ...allowedMethods, `${maxAge}`]) expect(command).toContain(part);
  // For allowed and for exposed headers.
  expect(command.match(/\*/g)).toHaveLength(2);
});

test('PowerShell asks for the key, which its history then does not hold', () => {
  expect(corsCommand(ACCOUNT, ORIGIN, 'powershell')).toContain(
    "-StorageAccountKey (Read-Host 'Account key' -MaskInput)",
  );
});

test('the command line is quoted for a shell', () => {
  expect(corsCommand(ACCOUNT, ORIGIN, 'cli')).toBe(`az storage cors add --services q --account-name harborlane \\
  --origins https://queues.example \\
  --methods GET HEAD PUT POST DELETE OPTIONS \\
  --allowed-headers '*' --exposed-headers '*' --max-age 7200`);
});

test('a connection string stands in where no name leads to the account, and never with a key in it', () => {
  expect(corsCommand(EMULATOR, ORIGIN, 'cli')).toContain('--connection-string UseDevelopmentStorage=true');
  for (const flavour of ['cli', 'powershell', 'bicep', 'portal'] as const)
    expect(corsCommand(EMULATOR, ORIGIN, flavour)).not.toContain(EMULATOR.key);
});

test('a name and an address stay what they are in the strings of each tool', () => {
  const hostile = { account: "a'b${x}$(y)`z", endpoint: "http://127.0.0.1:10001/it's$(touch x)" };
  expect(corsCommand(hostile, ORIGIN, 'powershell')).toContain(
    "-ConnectionString 'AccountName=a''b${x}$(y)`z;AccountKey=<account-key>;QueueEndpoint=http://127.0.0.1:10001/it''s$(touch x)'",
  );
  expect(corsCommand(hostile, ORIGIN, 'bicep')).toContain(String.raw`name: 'a\'b\${x}$(y)${'`'}z'`);
  // Bash is run in scripts/check/copied-commands.test.mjs.
});
