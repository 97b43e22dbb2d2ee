import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMULATOR } from '../protocol/emulator';
import { parseConnectionInput } from './parse-connection-input';
import type { ConnectionInput } from './parsed-connection';
import { AT, KEY, KEY2, SIG, told, withoutSecrets } from './recognition.fixture';

const ACCOUNT_SAS = `sv=2024-11-04&ss=q&srt=sco&sp=rl&se=2099-01-01T00:00:00Z&sig=${SIG}`;
const QUEUE_SAS = `sv=2024-11-04&sp=rp&se=2099-01-01T00:00:00Z&sig=${SIG}`;
const PLAIN = `DefaultEndpointsProtocol=https;AccountName=harborlane;AccountKey=${KEY};EndpointSuffix=core.windows.net`;
const OTHER = `DefaultEndpointsProtocol=https;AccountName=stocktake;AccountKey=${KEY2};EndpointSuffix=core.windows.net`;

const BY_STRING = `key from connectionString of harborlane at ${AT}`;
const BY_KEY = `key from nameAndKey of harborlane at ${AT}`;
const BY_URL = `sas from url of harborlane at ${AT}`;
const BY_TOKEN = `sas from token of harborlane at ${AT}`;
const LOCAL = `key from developmentStorage of devstoreaccount1 at ${EMULATOR.endpoint}`;
const NO_ACCOUNT = 'The account name is missing, and the address does not tell it.';
const NOTHING = 'This is not a connection string, a shared access signature URL, an account name or an endpoint.';
const IDENTITY =
  'The application uses an identity here, and no key. Such accounts often refuse keys, so sign in yourself first.';
const NO_QUEUE = 'This signature is for one queue, and the address does not tell which.';
const elsewhere = (service: string) =>
  `This is a connection string of ${service}. Queuescope works with Azure Queue Storage.`;

type Row = [what: string, pasted: string, told: string];

const CONNECTION_STRINGS: Row[] = [
  ['as the portal copies it', PLAIN, BY_STRING],
  ['with a semicolon at its end', `${PLAIN};`, BY_STRING],
  ['in any order', `EndpointSuffix=core.windows.net;AccountKey=${KEY};AccountName=harborlane`, BY_STRING],
  ['in any case', `defaultendpointsprotocol=HTTPS;ACCOUNTNAME=harborlane;accountkey=${KEY}`, BY_STRING],
  ['with blanks', ` AccountName = harborlane ; AccountKey = ${KEY} `, BY_STRING],
  ['in double quotes', `"${PLAIN}"`, BY_STRING],
  ['in single quotes', `'${PLAIN}'`, BY_STRING],
  ['in backticks', `\`${PLAIN}\``, BY_STRING],
  ['in typographic quotes', `“${PLAIN}”`, BY_STRING],
  ['wrapped by a mail', `${PLAIN.slice(0, 76)}\r\n${PLAIN.slice(76, 140)}\r\n${PLAIN.slice(140)}`, BY_STRING],
  ['wrapped in its key with indentation', PLAIN.replace(KEY, `${KEY.slice(0, 30)}\n     ${KEY.slice(30)}`), BY_STRING],
  ['one field a line', PLAIN.replaceAll(';', '\n'), BY_STRING],
  ['one field a line with semicolons', PLAIN.replaceAll(';', ';\n  '), BY_STRING],
  ['with a signature under it', `${PLAIN}\n\nRegards,\nJim`, BY_STRING],
  ['with words right under it', `${PLAIN}\nThanks`, BY_STRING],
  ['with words before it', `Here you go: ${PLAIN}`, BY_STRING],
  ['with zero-width spaces', PLAIN.replaceAll(';', ';\u200b'), BY_STRING],
  ['with a byte order mark and no-break spaces', `\ufeff\u00a0${PLAIN}\u00a0`, BY_STRING],
  ['without protocol and suffix', `AccountName=harborlane;AccountKey=${KEY}`, BY_STRING],
  [
    'with all endpoints',
    `${PLAIN};BlobEndpoint=https://harborlane.blob.core.windows.net/;QueueEndpoint=${AT}/`,
    BY_STRING,
  ],
  [
    'of the cloud in China',
    PLAIN.replace('windows.net', 'chinacloudapi.cn'),
    'key from connectionString of harborlane at https://harborlane.queue.core.chinacloudapi.cn',
  ],
  [
    'of the cloud of the US government',
    PLAIN.replace('windows.net', 'usgovcloudapi.net'),
    'key from connectionString of harborlane at https://harborlane.queue.core.usgovcloudapi.net',
  ],
  [
    'of the cloud in Germany',
    PLAIN.replace('windows.net', 'cloudapi.de'),
    'key from connectionString of harborlane at https://harborlane.queue.core.cloudapi.de',
  ],
  [
    'of an account with a DNS zone',
    `AccountName=harborlane;AccountKey=${KEY};QueueEndpoint=https://harborlane.z07.queue.storage.azure.net/`,
    'key from connectionString of harborlane at https://harborlane.z07.queue.storage.azure.net',
  ],
  [
    'of a custom domain',
    `AccountName=harborlane;AccountKey=${KEY};QueueEndpoint=https://queues.example.com/`,
    'key from connectionString of harborlane at https://queues.example.com',
  ],
  [
    'of a custom domain without a name',
    `AccountKey=${KEY};QueueEndpoint=https://queues.example.com/`,
    `key from connectionString of ? at https://queues.example.com; ${NO_ACCOUNT}`,
  ],
  ['with the endpoint alone telling the account', `QueueEndpoint=${AT}/;AccountKey=${KEY}`, BY_STRING],
  [
    'with a signature',
    `BlobEndpoint=https://harborlane.blob.core.windows.net/;QueueEndpoint=${AT}/;SharedAccessSignature=${ACCOUNT_SAS}`,
    `sas from connectionString of harborlane at ${AT}`,
  ],
  [
    'with a signature behind a question mark',
    `QueueEndpoint=${AT}/;SharedAccessSignature=?${ACCOUNT_SAS};`,
    `sas from connectionString of harborlane at ${AT}`,
  ],
  [
    'with key and signature',
    `${PLAIN};SharedAccessSignature=${ACCOUNT_SAS}`,
    `sas from connectionString of harborlane at ${AT}; Both a key and a shared access signature are here. The signature is used, as it allows less.`,
  ],
  [
    'with a signature for one queue and no queue',
    `QueueEndpoint=${AT}/;SharedAccessSignature=${QUEUE_SAS}`,
    `sas from connectionString of harborlane at ${AT}; ${NO_QUEUE}`,
  ],
  [
    'without a key',
    'AccountName=harborlane',
    `key from connectionString of harborlane at ${AT}; The connection string has neither AccountKey nor SharedAccessSignature.`,
  ],
  [
    'with a placeholder for the key',
    'AccountName=harborlane;AccountKey=<your key>;EndpointSuffix=core.windows.net',
    `account of harborlane at ${AT}; The key is a placeholder here. Add the key below.`,
  ],
  [
    'with half of the key',
    `AccountName=harborlane;AccountKey=${KEY.slice(0, 44)}`,
    `key from connectionString of harborlane at ${AT}; An account key has 64 bytes. This one has 33, so a part may be missing.`,
  ],
  [
    'cut off in the middle of the key',
    `AccountName=harborlane;AccountKey=${KEY.slice(0, 41)}`,
    `key from connectionString of harborlane at ${AT}; An account key has 88 characters. This one has 41: 47 are missing.`,
  ],
];

const EMULATORS: Row[] = [
  ['by its short form', 'UseDevelopmentStorage=true', LOCAL],
  ['by its short form in any case', 'usedevelopmentstorage = TRUE;', LOCAL],
  ['by its short form as a setting', '"AzureWebJobsStorage": "UseDevelopmentStorage=true",', LOCAL],
  [
    'behind a proxy',
    'UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://192.168.1.5',
    'key from developmentStorage of devstoreaccount1 at http://192.168.1.5:10001/devstoreaccount1',
  ],
  [
    'behind a proxy by name alone',
    'DevelopmentStorageProxyUri=dockerhost;UseDevelopmentStorage=true',
    'key from developmentStorage of devstoreaccount1 at http://dockerhost:10001/devstoreaccount1',
  ],
  ...[
    'http://127.0.0.1:10001/devstoreaccount1',
    'http://localhost:10001/devstoreaccount1',
    'http://[::1]:10001/devstoreaccount1',
    'http://azurite:10001/devstoreaccount1',
    'http://host.docker.internal:10001/devstoreaccount1',
    'http://devstoreaccount1.queue.localhost:10001',
  ].map(
    (address): Row => [
      `at ${address}`,
      `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${EMULATOR.key};QueueEndpoint=${address};`,
      `key from connectionString of devstoreaccount1 at ${address}`,
    ],
  ),
  [
    'by an address alone',
    'http://[::1]:10001/devstoreaccount1',
    'endpoint of devstoreaccount1 at http://[::1]:10001/devstoreaccount1',
  ],
];

const NAMES_AND_KEYS: Row[] = [
  ['with a blank between', `harborlane ${KEY}`, BY_KEY],
  ['with a tab between', `harborlane\t${KEY}`, BY_KEY],
  ['with a colon between', `harborlane:${KEY}`, BY_KEY],
  ['with colon and blank between', `harborlane: ${KEY}`, BY_KEY],
  ['with a comma between', `harborlane,${KEY}`, BY_KEY],
  ['with a semicolon between', `harborlane;${KEY}`, BY_KEY],
  ['with an equals sign between', `harborlane=${KEY}`, BY_KEY],
  ['on two lines', `harborlane\n${KEY}\n`, BY_KEY],
  ['on two lines, in quotes', `"harborlane"\r\n"${KEY}"`, BY_KEY],
  ['the other way round', `${KEY}\nharborlane`, BY_KEY],
  ['as CSV with a heading', `name,key\nharborlane,${KEY}`, BY_KEY],
  ['as CSV in quotes', `"harborlane","${KEY}"`, BY_KEY],
  ['with headings', `Storage account name\nharborlane\nkey1\nKey\n${KEY}`, BY_KEY],
  ['with the address for a name', `${AT}/ ${KEY}`, BY_KEY],
  [
    'with the address of the blob service',
    `https://harborlane.blob.core.windows.net ${KEY}`,
    `${BY_KEY}; This is the address of the blob service. The queue service of the same account is used.`,
  ],
  ['as variables', `AZURE_STORAGE_ACCOUNT=harborlane\nAZURE_STORAGE_KEY=${KEY}`, BY_KEY],
  [
    'as exported variables in quotes',
    `export AZURE_STORAGE_ACCOUNT="harborlane"\nexport AZURE_STORAGE_KEY="${KEY}"`,
    BY_KEY,
  ],
  [
    'as variables of PowerShell',
    `$env:AZURE_STORAGE_ACCOUNT = "harborlane"\n$env:AZURE_STORAGE_KEY = "${KEY}"`,
    BY_KEY,
  ],
  ['as YAML', `storage:\n  accountName: harborlane\n  accountKey: ${KEY}\n`, BY_KEY],
  ['as JSON', JSON.stringify({ accountName: 'harborlane', accountKey: KEY }), BY_KEY],
  ['as arguments of az', `az storage queue list --account-name harborlane --account-key ${KEY} -o table`, BY_KEY],
  [
    'as arguments of PowerShell',
    `New-AzStorageContext -StorageAccountName "harborlane" -StorageAccountKey "${KEY}"`,
    BY_KEY,
  ],
  ['in JavaScript', `const credential = new StorageSharedKeyCredential("harborlane", "${KEY}");`, BY_KEY],
  [
    'in C#',
    `var accountName = "harborlane";\nvar accountKey = "${KEY}";`,
    `key from connectionString of harborlane at ${AT}`,
  ],
  ['in Python', `account_name = 'harborlane'\naccount_key = '${KEY}'`, BY_KEY],
  [
    'with a resource id',
    `/subscriptions/1-2/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/harborlane ${KEY}`,
    BY_KEY,
  ],
  ['the key alone', KEY, `key from key of ? at ?; ${NO_ACCOUNT}`],
  ['the key alone, in quotes', `"${KEY}"`, `key from key of ? at ?; ${NO_ACCOUNT}`],
];

const SIGNATURES: Row[] = [
  ['for the account', `${AT}/?${ACCOUNT_SAS}`, BY_URL],
  ['for the account, without a slash', `${AT}?${ACCOUNT_SAS}`, BY_URL],
  ['for one queue', `${AT}/orders?${QUEUE_SAS}`, `sas from url for orders of harborlane at ${AT}`],
  [
    'for one queue, of its messages',
    `${AT}/orders/messages?${QUEUE_SAS}`,
    `sas from url for orders of harborlane at ${AT}`,
  ],
  [
    'for one queue of the emulator',
    `http://127.0.0.1:10001/devstoreaccount1/orders?${QUEUE_SAS}`,
    `sas from url for orders of devstoreaccount1 at ${EMULATOR.endpoint}`,
  ],
  ['for one queue, without the queue', `${AT}/?${QUEUE_SAS}`, `${BY_URL}; ${NO_QUEUE}`],
  [
    'for one queue with an impossible name',
    `${AT}/Orders?${QUEUE_SAS}`,
    `sas from url for Orders of harborlane at ${AT}; A queue name has only lower-case letters a to z, digits and hyphens.`,
  ],
  [
    'of a stored access policy',
    `${AT}/orders?sv=2024-11-04&si=readers&sig=${SIG}`,
    `sas from url for orders of harborlane at ${AT}`,
  ],
  [
    'of a user delegation key',
    `${AT}/orders?${QUEUE_SAS}&sr=q&skoid=1&sktid=2&skt=3&ske=4&sks=q&skv=2025-07-05`,
    `sas from url for orders of harborlane at ${AT}`,
  ],
  [
    'at the secondary',
    `https://harborlane-secondary.queue.core.windows.net/?${ACCOUNT_SAS}`,
    `${BY_URL}; This is the address of the secondary, which can only be read. The primary is used.`,
  ],
  [
    'at the blob service',
    `https://harborlane.blob.core.windows.net/?${ACCOUNT_SAS.replace('ss=q', 'ss=bfqt')}`,
    `${BY_URL}; This is the address of the blob service. The queue service of the same account is used.`,
  ],
  [
    'at a custom domain',
    `https://queues.example.com/?${ACCOUNT_SAS}`,
    `sas from url of ? at https://queues.example.com; ${NO_ACCOUNT}`,
  ],
  ['at a private link', `https://harborlane.privatelink.queue.core.windows.net/?${ACCOUNT_SAS}`, BY_URL],
  [
    'for the account, not to list with, at a queue',
    `${AT}/orders?${ACCOUNT_SAS.replace('sp=rl', 'sp=rap')}`,
    `sas from url for orders of harborlane at ${AT}`,
  ],
  [
    'for the account, not to list with',
    `${AT}/?${ACCOUNT_SAS.replace('sp=rl', 'sp=rap')}`,
    `${BY_URL}; This signature does not allow listing queues. Say which one to open.`,
  ],
  ['in quotes with a comma', `"${AT}/?${ACCOUNT_SAS}",`, BY_URL],
  ['wrapped by a mail', `${AT}/?${ACCOUNT_SAS.slice(0, 40)}\r\n${ACCOUNT_SAS.slice(40)}`, BY_URL],
  ['from HTML', `${AT}/?${ACCOUNT_SAS.replaceAll('&', '&amp;')}`, BY_URL],
  ['from JSON', `"${AT}/?${ACCOUNT_SAS.replaceAll('&', String.raw`\u0026`)}"`, BY_URL],
  ['in a command', `curl "${AT}/?comp=list&${ACCOUNT_SAS}"`, BY_URL],
  [
    'in C#',
    `var client = new QueueClient(new Uri("${AT}/orders?${QUEUE_SAS}"));`,
    `sas from url for orders of harborlane at ${AT}`,
  ],
  ['as a variable', `QUEUE_URL='${AT}/orders?${QUEUE_SAS}'`, `sas from url for orders of harborlane at ${AT}`],
  [
    'expired',
    `${AT}/?${ACCOUNT_SAS.replace('2099', '2020')}`,
    `${BY_URL}; This SAS expired on 2020-01-01 at 00:00 UTC.`,
  ],
  [
    'of blobs',
    `https://harborlane.blob.core.windows.net/photos?${QUEUE_SAS}&sr=c`,
    `${BY_URL}; This signature is for a blob, container or file, not for queues.; ${NO_QUEUE}; This is the address of the blob service. The queue service of the same account is used.`,
  ],
  ['alone', `?${ACCOUNT_SAS}`, `sas from token of ? at ?; ${NO_ACCOUNT}`],
  ['alone, without the question mark', ACCOUNT_SAS, `sas from token of ? at ?; ${NO_ACCOUNT}`],
  ['alone, in quotes', `"${ACCOUNT_SAS}"`, `sas from token of ? at ?; ${NO_ACCOUNT}`],
  ['alone, for one queue', QUEUE_SAS, `sas from token of ? at ?; ${NO_ACCOUNT}; ${NO_QUEUE}`],
  ['on the line below the address', `${AT}/\n?${ACCOUNT_SAS}`, BY_URL],
  ['beside the address', `${AT} ?${ACCOUNT_SAS}`, BY_TOKEN],
  ['beside the name', `harborlane ${ACCOUNT_SAS}`, BY_TOKEN],
  ['as variables', `AZURE_STORAGE_ACCOUNT=harborlane\nAZURE_STORAGE_SAS_TOKEN=?${ACCOUNT_SAS}`, BY_TOKEN],
  ['as arguments of az', `az storage queue list --account-name harborlane --sas-token "${ACCOUNT_SAS}"`, BY_TOKEN],
  [
    'beside a key',
    `harborlane ${KEY} ${ACCOUNT_SAS}`,
    `${BY_TOKEN}; Both a key and a shared access signature are here. The signature is used, as it allows less.`,
  ],
];

const functions = (values: Record<string, string>) => JSON.stringify({ IsEncrypted: false, Values: values }, null, 2);

const DOCUMENTS: Row[] = [
  ['az storage account show-connection-string', JSON.stringify({ connectionString: PLAIN }, null, 2), BY_STRING],
  ['az … --query connectionString', `"${PLAIN}"\n`, BY_STRING],
  [
    'az storage account keys list',
    JSON.stringify([
      { creationTime: '2024-01-01T00:00:00+00:00', keyName: 'key1', permissions: 'FULL', value: KEY },
      { creationTime: '2024-01-01T00:00:00+00:00', keyName: 'key2', permissions: 'FULL', value: KEY2 },
    ]),
    `key from key of ? at ?; ${NO_ACCOUNT}; More than one key is here. The first is used.`,
  ],
  [
    'az storage account keys list as a table',
    `KeyName    Permissions    Value\n---------  -------------  -----\nkey1       FULL           ${KEY}`,
    `key from key of ? at ?; ${NO_ACCOUNT}`,
  ],
  [
    'az storage account show',
    JSON.stringify({
      id: '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/harborlane',
      name: 'harborlane',
      primaryEndpoints: { blob: 'https://harborlane.blob.core.windows.net/', queue: `${AT}/` },
      secondaryEndpoints: { queue: 'https://harborlane-secondary.queue.core.windows.net/' },
    }),
    `endpoint of harborlane at ${AT}`,
  ],
  [
    'the outputs of a template',
    JSON.stringify({ properties: { outputs: { storage: { type: 'String', value: PLAIN } } } }),
    BY_STRING,
  ],
  [
    'the outputs of a template, field by field',
    JSON.stringify({
      storageAccountName: { type: 'String', value: 'harborlane' },
      key: { type: 'String', value: KEY },
    }),
    BY_KEY,
  ],
  ['local.settings.json', functions({ AzureWebJobsStorage: PLAIN, FUNCTIONS_WORKER_RUNTIME: 'node' }), BY_STRING],
  ['local.settings.json of the emulator', functions({ AzureWebJobsStorage: 'UseDevelopmentStorage=true' }), LOCAL],
  [
    'local.settings.json with comments',
    functions({ AzureWebJobsStorage: PLAIN }).replace('{', '{ // for tests'),
    BY_STRING,
  ],
  [
    'local.settings.json with two',
    functions({ AzureWebJobsStorage: 'UseDevelopmentStorage=true', Orders: PLAIN }),
    `Values.AzureWebJobsStorage: ${LOCAL} | Values.Orders: ${BY_STRING}`,
  ],
  ['the same one twice', functions({ AzureWebJobsStorage: PLAIN, Orders: PLAIN }), BY_STRING],
  [
    'an identity-based connection',
    functions({ Orders__accountName: 'harborlane' }),
    `account of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'an identity-based connection by address',
    functions({ Orders__queueServiceUri: AT }),
    `endpoint of harborlane at ${AT}; ${IDENTITY}`,
  ],
  ['appsettings.json', JSON.stringify({ ConnectionStrings: { Storage: PLAIN }, Logging: {} }, null, 2), BY_STRING],
  [
    'app settings of the portal',
    JSON.stringify([
      { name: 'AzureWebJobsStorage', value: PLAIN, slotSetting: false },
      { name: 'Other', value: OTHER },
    ]),
    `AzureWebJobsStorage.value: ${BY_STRING} | Other.value: ${BY_STRING.replaceAll('harborlane', 'stocktake')}`,
  ],
  ['JSON cut out of its middle', `  "Values": {\n    "AzureWebJobsStorage": "${PLAIN}",\n    "X": "1"`, BY_STRING],
  ['web.config', `<add name="Storage" connectionString="${PLAIN}" />`, BY_STRING],
  ['a .env file', `# storage\nNODE_ENV=production\nAZURE_STORAGE_CONNECTION_STRING=${PLAIN}\nPORT=3000\n`, BY_STRING],
  ['a .env file with quotes and comments', `export STORAGE="${PLAIN}" # main\nPORT=3000`, BY_STRING],
  ['a .env file with a comment behind', `STORAGE=${PLAIN} # main`, BY_STRING],
  [
    'a .env file with two',
    `ORDERS=${PLAIN}\nSTOCK=${OTHER}`,
    `ORDERS: ${BY_STRING} | STOCK: ${BY_STRING.replaceAll('harborlane', 'stocktake')}`,
  ],
  ['a .env file with a database', `SQL=Server=tcp:x.database.windows.net;Database=y;\nSTORAGE=${PLAIN}`, BY_STRING],
  ['two on two lines', `${PLAIN}\n${OTHER}`, `: ${BY_STRING} | : ${BY_STRING.replaceAll('harborlane', 'stocktake')}`],
  [
    'both keys of the portal',
    `key1\n${PLAIN}\nkey2\n${PLAIN.replace(KEY, KEY2)}`,
    `${BY_STRING}; More than one key is here. The first is used.`,
  ],
  ['an environment in YAML', `environment:\n  - STORAGE=${PLAIN}\n  - PORT=3000\n`, BY_STRING],
  ['a mapping in YAML', `environment:\n  STORAGE: "${PLAIN}"\n  PORT: 3000\n`, BY_STRING],
  [
    'a container in YAML',
    `env:\n  - name: STORAGE\n    value: ${PLAIN}\n  - name: OTHER\n    value: ${OTHER}\n`,
    `STORAGE: ${BY_STRING} | OTHER: ${BY_STRING.replaceAll('harborlane', 'stocktake')}`,
  ],
  ['a Dockerfile', `ENV STORAGE="${PLAIN}"`, BY_STRING],
  ['docker run', `docker run -e STORAGE="${PLAIN}" -e PORT=3000 app`, BY_STRING],
  ['docker run without quotes', `docker run -e STORAGE=${PLAIN} -e PORT=3000 app`, BY_STRING],
  ['setx of Windows', `setx AZURE_STORAGE_CONNECTION_STRING "${PLAIN}"`, BY_STRING],
  ['az with a connection string', `az storage queue list --connection-string "${PLAIN}" -o table`, BY_STRING],
  ['C#', `var service = new QueueServiceClient("${PLAIN}");`, BY_STRING],
  [
    'C# in two pieces',
    `"DefaultEndpointsProtocol=https;AccountName=harborlane;" +\n    "AccountKey=${KEY}"`,
    BY_STRING,
  ],
  ['JavaScript', `const service = QueueServiceClient.fromConnectionString('${PLAIN}');`, BY_STRING],
  [
    'Python in two pieces',
    `conn = ("DefaultEndpointsProtocol=https;AccountName=harborlane;"\n        "AccountKey=${KEY}")`,
    BY_STRING,
  ],
  ['Java properties', `spring.cloud.azure.storage.queue.connection-string=${PLAIN}`, BY_STRING],
  ['Terraform', `storage_connection_string = "${PLAIN}"`, BY_STRING],
];

const NEEDS_MORE: Row[] = [
  ['nothing', ' \n\t', 'nothing'],
  ['quotes around nothing', '""', 'nothing'],
  ['an account name', 'harborlane', `account of harborlane at ${AT}`],
  ['an account name in quotes', '"harborlane"', `account of harborlane at ${AT}`],
  [
    'a name that is none',
    'Harbor-Lane',
    'account of Harbor-Lane at https://Harbor-Lane.queue.core.windows.net; An account name has 3 to 24 lower-case letters and digits.',
  ],
  ['an address', `${AT}/`, `endpoint of harborlane at ${AT}`],
  ['an address without its scheme', 'harborlane.queue.core.windows.net', `endpoint of harborlane at ${AT}`],
  ['an address of a queue', `${AT}/orders`, `endpoint for orders of harborlane at ${AT}`],
  [
    'an address of the secondary',
    'https://harborlane-secondary.queue.core.windows.net/',
    `endpoint of harborlane at ${AT}; This is the address of the secondary, which can only be read. The primary is used.`,
  ],
  [
    'an address of the table service',
    'https://harborlane.table.core.windows.net/',
    `endpoint of harborlane at ${AT}; This is the address of the table service. The queue service of the same account is used.`,
  ],
  [
    'an address of files',
    'https://harborlane.file.core.windows.net/share/a',
    `endpoint of harborlane at ${AT}; This is the address of the file service. The queue service of the same account is used.`,
  ],
  [
    'an address of a data lake',
    'https://harborlane.dfs.core.windows.net/',
    `endpoint of harborlane at ${AT}; This is the address of the dfs service. The queue service of the same account is used.`,
  ],
  [
    'an address with a DNS zone',
    'https://harborlane.z07.queue.storage.azure.net',
    'endpoint of harborlane at https://harborlane.z07.queue.storage.azure.net',
  ],
  [
    'an address of a custom domain',
    'https://queues.example.com',
    `endpoint of ? at https://queues.example.com; ${NO_ACCOUNT}`,
  ],
  [
    'a resource id',
    '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/harborlane',
    `account of harborlane at ${AT}`,
  ],
  [
    'an address of the portal',
    'https://portal.azure.com/#@x.com/resource/subscriptions/1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/harborlane/queues',
    `account of harborlane at ${AT}`,
  ],
  ['ftp', 'ftp://harborlane.queue.core.windows.net', 'An endpoint is an address that starts with http:// or https://.'],
];

const OTHERS: Row[] = [
  ['prose', 'Can you send me the connection string?', NOTHING],
  ['an empty document', '{}', NOTHING],
  ['a list', '[1, 2, 3]', NOTHING],
  ['Cosmos DB', `AccountEndpoint=https://x.documents.azure.com:443/;AccountKey=${KEY};`, elsewhere('Azure Cosmos DB')],
  [
    'Service Bus',
    'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=abc=',
    elsewhere('Azure Service Bus or Event Hubs'),
  ],
  [
    'IoT Hub',
    'HostName=x.azure-devices.net;SharedAccessKeyName=owner;SharedAccessKey=abc=',
    elsewhere('Azure IoT Hub'),
  ],
  [
    'Application Insights',
    'InstrumentationKey=1-2-3;IngestionEndpoint=https://x.applicationinsights.azure.com/',
    elsewhere('Application Insights'),
  ],
  [
    'SQL',
    'Server=tcp:x.database.windows.net,1433;Initial Catalog=y;User ID=z;Password=hunter2;',
    elsewhere('a database'),
  ],
  ['PostgreSQL', 'postgres://user:hunter2@db.example.com/orders', elsewhere('a database')],
  [
    'SQS',
    'https://sqs.eu-west-1.amazonaws.com/123456789012/orders',
    'This is a queue of Amazon SQS. Queuescope works with Azure Queue Storage.',
  ],
  [
    'RabbitMQ',
    'amqps://user:hunter2@broker.example.com',
    'This is an address of an AMQP broker. Queuescope works with Azure Queue Storage.',
  ],
  [
    'a reference to Key Vault',
    '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/storage/)',
    'This is a reference to a secret in Key Vault. Open the secret there and paste its value.',
  ],
];

const SECRETS = [KEY, KEY2, SIG, decodeURIComponent(SIG), 'hunter2'];

const ALL: [string, Row[]][] = [
  ['a connection string', CONNECTION_STRINGS],
  ['the emulator', EMULATORS],
  ['a name and a key', NAMES_AND_KEYS],
  ['a signature', SIGNATURES],
  ['a connection in', DOCUMENTS],
  ['what needs more', NEEDS_MORE],
  ['what is something else', OTHERS],
];

describe.each(ALL)('%s', (_, rows) => {
  test.each(rows)('%s', (__, pasted, expected) => {
    const input = parseConnectionInput(pasted);
    expect(told(input)).toBe(expected);
    for (const secret of SECRETS) expect(withoutSecrets(input)).not.toContain(secret);
    expect(isWholeSecret(input)).toBe(true);
  });
});

/** A key as it was, or a token with its signature as it was; where something is wrong anything may be. */
const isWholeSecret = (input: ConnectionInput): boolean => {
  if (input.problems.length > 0) return true;
  if (input.kind === 'key') return input.key === KEY || input.key === EMULATOR.key;
  return input.kind !== 'sas' || new RegExp(`(?:^|&)sig=${SIG}(?:&|$)`).test(input.token);
};

test('there are more than a hundred of them', () => {
  expect(ALL.flatMap(([, rows]) => rows).length).toBeGreaterThan(150);
});

describe('whatever is pasted', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      KEY,
      KEY2,
      PLAIN,
      OTHER,
      ACCOUNT_SAS,
      QUEUE_SAS,
      AT,
      'harborlane',
      'AccountName',
      'AccountKey',
      'sig=',
      '=',
      ';',
      '&',
      '?',
      '"',
      "'",
      '\n',
      '\r\n',
      ' ',
      ',',
      ':',
      '{',
      '}',
      '[',
      ']',
      '\\',
      '//',
      '#',
      '-e',
      '\u0000',
      'QueueEndpoint=',
      'SharedAccessSignature=',
      'EndpointSuffix=',
      'https://',
      'http://[',
      '"value": "',
      'name: ',
    ),
    fc.constantFrom(
      btoa(PLAIN),
      btoa(btoa(PLAIN)),
      btoa(KEY),
      encodeURIComponent(PLAIN),
      encodeURIComponent(KEY),
      KEY.slice(0, -2),
      'azurestoragequeues://:',
      'azure-storage-queue:harborlane/orders?accessKey=',
      'wasb://harborlane:',
      '@',
      'AZURITE_ACCOUNTS=',
      'orders:',
      'QueueName=',
      'Secret=',
      'kind: Secret\n',
      'eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJodHRwczovL3N0b3JhZ2UuYXp1cmUuY29tIn0.c2ln',
      '${',
      '***',
      '%3D',
      '%25',
    ),
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

  test('never throws, and shows no secret beside key and token', () => {
    fc.assert(
      fc.property(text, (pasted) => {
        const shown = withoutSecrets(parseConnectionInput(pasted));
        for (const secret of [KEY, KEY2, btoa(PLAIN), encodeURIComponent(KEY)]) expect(shown).not.toContain(secret);
      }),
      { numRuns: 1_000 },
    );
  });

  test('never puts a secret into what it says is wrong', () => {
    fc.assert(
      fc.property(text, (pasted) => {
        const said = JSON.stringify(parseConnectionInput(pasted).problems);
        for (const secret of [...SECRETS, KEY.slice(0, 12), KEY2.slice(0, 12), btoa(PLAIN).slice(60, 90)]) {
          expect(said).not.toContain(secret);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('a document of any shape is read', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseConnectionInput(JSON.stringify({ value, AzureWebJobsStorage: PLAIN }))).toMatchObject({ key: KEY });
      }),
    );
  });

  test.each([
    ' ',
    '\n',
    '\r',
    '"',
    "'",
    '=',
    ';',
    '&',
    '?',
    '{',
    '[',
    '\\',
    'a',
    'a=',
    'a:',
    '/',
    '//',
    'a,',
    '•',
    '\u00a0\n',
    'sig=',
    '&sig=',
    'https://',
    'https://a.queue.core.windows.net/?sig=a ',
    'AccountName',
    'AccountName=a;',
    'AccountKey=\n',
    'AccountName =\n',
    '"" + ',
    '"\n"',
    '{"a":',
    '[[',
    'a.queue.',
    'key1 ',
    'name: x\n',
    'A=b\n',
    '-e A=b ',
    `${KEY} `,
    `${PLAIN}\n`,
    KEY.replaceAll('=', ''),
    'Server=',
    'Endpoint = sb',
    '&amp;',
    String.raw`\u0026`,
  ])('%j over and over takes little time', (again) => {
    const pasted = again.repeat(Math.floor(100_000 / again.length));
    const start = performance.now();
    parseConnectionInput(pasted);
    parseConnectionInput(`AccountName=harborlane;AccountKey=${pasted}`);
    // Minutes if any step went through it again for each of its characters; a slow machine may take a while.
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test('too much of it is told so', () => {
    expect(told(parseConnectionInput('a'.repeat(1_000_001)))).toBe(
      'This is more than a million characters long. Paste only the part that has the connection.',
    );
  });
});
