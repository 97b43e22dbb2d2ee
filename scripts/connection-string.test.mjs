import { expect, test } from 'vitest';
import { readConnectionString } from './connection-string.mjs';
import { ACCOUNT, KEY } from './emulator-account.mjs';

test.each([
  [
    'DefaultEndpointsProtocol=https;AccountName=ab1;AccountKey=YQ==;EndpointSuffix=core.windows.net',
    { account: 'ab1', key: 'YQ==', endpoint: 'https://ab1.queue.core.windows.net' },
  ],
  [
    '"accountkey=YQ==;ACCOUNTNAME=ab1;\n endpointsuffix=core.chinacloudapi.cn;"\n',
    { account: 'ab1', key: 'YQ==', endpoint: 'https://ab1.queue.core.chinacloudapi.cn' },
  ],
  [
    'AccountName=ab1;AccountKey=YQ==;QueueEndpoint=https://ab1.z01.queue.storage.azure.net/',
    { account: 'ab1', key: 'YQ==', endpoint: 'https://ab1.z01.queue.storage.azure.net' },
  ],
  ['UseDevelopmentStorage=true', { account: ACCOUNT, key: KEY, endpoint: `http://127.0.0.1:10001/${ACCOUNT}` }],
  [
    'QueueEndpoint=https://ab1.queue.core.windows.net/;SharedAccessSignature=?sv=1&sig=a%3D',
    { account: 'ab1', sas: 'sv=1&sig=a%3D', endpoint: 'https://ab1.queue.core.windows.net' },
  ],
])('%s', (text, details) => {
  expect(readConnectionString(text)).toEqual(details);
});

test.each([
  ['AccountName=ab1', 'neither an AccountKey nor'],
  ['AccountKey=YQ==', 'neither AccountName nor QueueEndpoint'],
  ['hello', 'This is no connection string'],
  ['AccountName=ab1;AccountKey=c3VwZXJzZWNyZXQ!', 'is not Base64'],
  ['AccountName=ab1;AccountKey=YQ==;QueueEndpoint=ftp://x', 'no http or https address'],
])('%s is refused without being repeated', (text, words) => {
  const read = () => readConnectionString(text);
  expect(read).toThrow(words);
  expect(read).not.toThrow('c3VwZXJzZWNyZXQ');
});
