import { describe, expect, test } from 'vitest';
import { replaceSecrets } from './find-secrets';
import { parseConnectionInput } from './parse-connection-input';
import { AT, KEY, KEY2, SIG, told, withoutSecrets } from './recognition.fixture';

/**
 * What people paste, by kind: each row is a form that a tool writes or a document shows. The rows say what is recognised and
 * what is said about it; every secret of a row goes into the fields for secrets, and nowhere else.
 */

const STRING = `DefaultEndpointsProtocol=https;AccountName=harborlane;AccountKey=${KEY};EndpointSuffix=core.windows.net`;
const STOCK = `DefaultEndpointsProtocol=https;AccountName=stocktake;AccountKey=${KEY2};EndpointSuffix=core.windows.net`;
const SAS = `sv=2024-11-04&ss=q&srt=sco&sp=rl&se=2099-01-01T00:00:00Z&sig=${SIG}`;
const QUEUE_SAS = `sv=2024-11-04&sp=rp&se=2099-01-01T00:00:00Z&sig=${SIG}`;
const TOKEN = 'eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJodHRwczovL3N0b3JhZ2UuYXp1cmUuY29tIn0.c2lnbmF0dXJlLW9mLWE';
const ENCODED_KEY = encodeURIComponent(KEY);
const LOCAL = 'http://127.0.0.1:10001';

const base64 = (text: string) => btoa(text);
const utf16 = (text: string) => btoa(text.replace(/./gs, (character) => `${character}\0`));
const lines = (text: string, length: number) => text.match(new RegExp(`.{1,${length}}`, 'g'))?.join('\n') ?? '';

const BY_STRING = `key from connectionString of harborlane at ${AT}`;
const BY_KEY = `key from nameAndKey of harborlane at ${AT}`;
const BY_FRAMEWORK = `key from frameworkAddress of harborlane at ${AT}`;
const BY_URL = `sas from url of harborlane at ${AT}`;
const IN_BASE64 = 'The connection was in Base64, and is decoded.';
const PERCENTS = 'The text was percent-encoded, and is decoded.';
const KEY_PERCENTS = 'The key was percent-encoded, and is decoded.';
const IDENTITY =
  'The application uses an identity here, and no key. Such accounts often refuse keys, so sign in yourself first.';
const KEY_MASKED = 'The key is masked here. Add the key below.';
const KEY_OPEN = 'The key is a placeholder here. Add the key below.';
const TEMPLATE = 'This is a template: its placeholders are not filled in yet.';
const MASKED = 'The connection is masked here. Paste it from where it can be read.';
type Row = [what: string, pasted: string, told: string];

const secret = (data: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: storage\n  namespace: default\ntype: Opaque\n${data}`;

/** K9: the connection or its key is there, under percent-encoding or Base64. */
const DISGUISED: Row[] = [
  [
    'a Secret of Kubernetes in YAML',
    secret(`data:\n  AzureWebJobsStorage: ${base64(STRING)}\n  FUNCTIONS_WORKER_RUNTIME: ZG90bmV0\n`),
    `${BY_STRING}; ${IN_BASE64}`,
  ],
  [
    'a Secret of Kubernetes in JSON',
    JSON.stringify({ apiVersion: 'v1', kind: 'Secret', data: { AzureWebJobsStorage: base64(STRING) } }, null, 2),
    `${BY_STRING}; ${IN_BASE64}`,
  ],
  [
    'the Secret that Azure Files has in Kubernetes, name and key apart',
    secret(`data:\n  azurestorageaccountkey: ${base64(KEY)}\n  azurestorageaccountname: ${base64('harborlane')}\n`),
    `${BY_KEY}; ${IN_BASE64}`,
  ],
  [
    'a Secret with two connections',
    secret(`data:\n  orders: ${base64(STRING)}\n  stock: ${base64(STOCK)}\n`),
    `orders: ${BY_STRING}; ${IN_BASE64} | stock: ${BY_STRING.replaceAll('harborlane', 'stocktake')}; ${IN_BASE64}`,
  ],
  ['stringData of a Secret, in plain', secret(`stringData:\n  connection: "${STRING}"\n`), BY_STRING],
  [
    'a settings file in a Secret',
    secret(`data:\n  local.settings.json: ${base64(JSON.stringify({ Values: { Storage: STRING } }))}\n`),
    `${BY_STRING}; ${IN_BASE64}`,
  ],
  ['Base64 alone', base64(STRING), `${BY_STRING}; ${IN_BASE64}`],
  ['Base64 that a terminal cut into lines', lines(base64(STRING), 76), `${BY_STRING}; ${IN_BASE64}`],
  [
    'Base64 that a YAML block cuts into lines',
    `connection: |\n  ${lines(base64(STRING), 60).replaceAll('\n', '\n  ')}`,
    `${BY_STRING}; ${IN_BASE64}`,
  ],
  ['Base64 in a shell', `echo ${base64(STRING)} | base64 -d`, `${BY_STRING}; ${IN_BASE64}`],
  ['Base64 of PowerShell, in UTF-16', utf16(STRING), `${BY_STRING}; ${IN_BASE64}`],
  ['Base64 twice', base64(base64(STRING)), `${BY_STRING}; ${IN_BASE64}`],
  ['Base64 without its padding', `STORAGE=${base64(STRING).replaceAll('=', '')}`, `${BY_STRING}; ${IN_BASE64}`],
  ['Base64 of an address with a signature', base64(`${AT}/?${SAS}`), `${BY_URL}; ${IN_BASE64}`],
  ['percent-encoded', encodeURIComponent(STRING), `${BY_STRING}; ${PERCENTS}`],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(STRING)), `${BY_STRING}; ${PERCENTS}`],
  [
    'percent-encoded in lower case',
    encodeURIComponent(STRING).replace(/%../g, (escape) => escape.toLowerCase()),
    `${BY_STRING}; ${PERCENTS}`,
  ],
  ['percent-encoded in a variable', `STORAGE=${encodeURIComponent(STRING)}`, `${BY_STRING}; ${PERCENTS}`],
  [
    'percent-encoded in an address',
    `https://portal.example.com/?cs=${encodeURIComponent(STRING)}`,
    `${BY_STRING}; ${PERCENTS}`,
  ],
  ['an address with a signature, percent-encoded', encodeURIComponent(`${AT}/?${SAS}`), `${BY_URL}; ${PERCENTS}`],
  ['percent-encoded Base64', encodeURIComponent(base64(STRING)), `${BY_STRING}; ${IN_BASE64}`],
  [
    'an address of the emulator with a signature, percent-encoded',
    encodeURIComponent(`${LOCAL}/devstoreaccount1/orders?${QUEUE_SAS}`),
    `sas from url for orders of devstoreaccount1 at ${LOCAL}/devstoreaccount1; ${PERCENTS}`,
  ],
  [
    'an encoded address of something else beside a connection, which is left as it is',
    `CALLBACK=https%3A%2F%2Fapp.example.com%2Fdone\nSTORAGE=${STRING}`,
    BY_STRING,
  ],
  [
    'an encoded address in an address with a signature, which is left as it is',
    `${AT}/?${SAS}&next=${encodeURIComponent('https://harborlane.blob.core.windows.net/a')}`,
    BY_URL,
  ],
  [
    'a key that is percent-encoded in a broker’s address',
    `CELERY_BROKER_URL=azurestoragequeues://:${ENCODED_KEY}@${AT}/`,
    `${BY_FRAMEWORK}; ${KEY_PERCENTS}`,
  ],
  ['HTML escapes', STRING.replaceAll('+', '&#43;').replaceAll('==', '&#x3D;&#61;'), BY_STRING],
];

/** K10: addresses and command lines of frameworks and tools. */
const FRAMEWORKS: Row[] = [
  ['Celery, with a colon and an address', `azurestoragequeues://:${KEY}@${AT}/`, BY_FRAMEWORK],
  ['Celery, without the colon', `azurestoragequeues://${KEY}@${AT}`, BY_FRAMEWORK],
  [
    'Celery, with an account name',
    `azurestoragequeues://:${ENCODED_KEY}@harborlane`,
    `${BY_FRAMEWORK}; ${KEY_PERCENTS}`,
  ],
  ['Celery in Python', `app = Celery("tasks", broker="azurestoragequeues://:${KEY}@harborlane")`, BY_FRAMEWORK],
  ['Celery, with a signature', `azurestoragequeues://${SAS}@${AT}`, BY_URL],
  ['Celery, with a signature behind a colon', `broker_url = 'azurestoragequeues://:?${SAS}@${AT}/'`, BY_URL],
  [
    'Celery, by identity',
    `azurestoragequeues://DefaultAzureCredential@${AT}`,
    `endpoint of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'Celery, by the identity of the machine',
    `azurestoragequeues://ManagedIdentityCredential@${AT}`,
    `endpoint of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'Celery, at the emulator',
    `azurestoragequeues://${KEY}@${LOCAL}/devstoreaccount1`,
    `key from frameworkAddress of devstoreaccount1 at ${LOCAL}/devstoreaccount1`,
  ],
  [
    'Camel',
    `azure-storage-queue://harborlane/orders?accessKey=RAW(${KEY})&credentialType=SHARED_ACCOUNT_KEY`,
    `key from frameworkAddress for orders of harborlane at ${AT}`,
  ],
  [
    'Camel in Java, with an encoded key',
    `from("azure-storage-queue:harborlane/orders?accessKey=${ENCODED_KEY}&operation=receiveMessages")`,
    `key from frameworkAddress for orders of harborlane at ${AT}; ${KEY_PERCENTS}`,
  ],
  [
    'Camel, with a signature',
    `azure-storage-queue:harborlane/orders?credentialType=AZURE_SAS&sasToken=RAW(${QUEUE_SAS})`,
    `sas from url for orders of harborlane at ${AT}`,
  ],
  [
    'Camel, by identity',
    'azure-storage-queue://harborlane/orders?credentialType=AZURE_IDENTITY',
    `endpoint for orders of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'Airflow, as an address',
    `AIRFLOW_CONN_WASB_DEFAULT='wasb://harborlane:${ENCODED_KEY}@harborlane.blob.core.windows.net'`,
    `${BY_FRAMEWORK}; ${KEY_PERCENTS}; This is an address for blobs. The queue service of the same account is used.`,
  ],
  [
    'Airflow, as JSON with a connection string',
    JSON.stringify({ conn_type: 'wasb', login: 'harborlane', extra: { connection_string: STRING } }),
    BY_STRING,
  ],
  [
    'curl with a token and the address of the messages',
    `curl -H "Authorization: Bearer ${TOKEN}" ${AT}/orders/messages?peekonly=true`,
    `token for orders of harborlane at ${AT}`,
  ],
  [
    'curl on several lines',
    `curl -X GET \\\n  '${AT}/orders?comp=metadata' \\\n  -H 'x-ms-version: 2024-11-04' \\\n  -H 'Authorization: Bearer ${TOKEN}'`,
    `token for orders of harborlane at ${AT}`,
  ],
  ['an address and a token in two lines', `${AT}\n${TOKEN}`, `token of harborlane at ${AT}`],
  ['a token and an address in two lines', `${TOKEN}\n${AT}/`, `token of harborlane at ${AT}`],
  ['a name and a token in two lines', `harborlane\n${TOKEN}`, `token of harborlane at ${AT}`],
  ['variables with a token', `AZURE_STORAGE_ACCOUNT=harborlane\nACCESS_TOKEN=${TOKEN}`, `token of harborlane at ${AT}`],
  [
    'a token of an application beside a damaged connection string',
    `API_TOKEN=eyJ0eXAiOiJKV1QifQ.${btoa(JSON.stringify({ aud: 'https://graph.microsoft.com' })).replaceAll('=', '')}.c2lnbmF0dXJl\nSTORAGE=${STRING.replace('k3Y/', 'k3Y')}`,
    `${BY_STRING}; An account key has 88 characters. This one has 87: 1 is missing.`,
  ],
  ['a token of an application beside a connection string', `API_TOKEN=${TOKEN}\nSTORAGE=${STRING}`, BY_STRING],
  [
    'Invoke-RestMethod with a token',
    `Invoke-RestMethod -Uri "${AT}/?comp=list" -Headers @{ Authorization = "Bearer ${TOKEN}" }`,
    `token of harborlane at ${AT}`,
  ],
  ['az with an account key', `az storage queue list --account-name harborlane --account-key "${KEY}"`, BY_KEY],
  ['az with = between', `az storage message peek --account-name=harborlane --account-key=${KEY}`, BY_KEY],
  [
    'az with a queue',
    `az storage message peek --queue-name orders --connection-string "${STRING}"`,
    `key from connectionString for orders of harborlane at ${AT}`,
  ],
  [
    'az with a signature and a queue',
    `az storage message put --queue-name orders --content "hello" --account-name harborlane --sas-token "?${QUEUE_SAS}"`,
    `sas from token for orders of harborlane at ${AT}`,
  ],
  [
    'az by sign-in',
    'az storage queue list --account-name harborlane --auth-mode login',
    `account of harborlane at ${AT}; ${IDENTITY}`,
  ],
  ['PowerShell with a connection string', `$ctx = New-AzStorageContext -ConnectionString '${STRING}'`, BY_STRING],
  [
    'PowerShell with a signature',
    `New-AzStorageContext -StorageAccountName harborlane -SasToken "${SAS}"`,
    `sas from token of harborlane at ${AT}`,
  ],
  [
    'PowerShell by sign-in',
    'New-AzStorageContext -StorageAccountName harborlane -UseConnectedAccount',
    `account of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'a component of Dapr',
    `kind: Component\nmetadata:\n  name: orders\nspec:\n  type: bindings.azure.storagequeues\n  version: v1\n  metadata:\n  - name: accountName\n    value: "harborlane"\n  - name: accountKey\n    value: "${KEY}"\n  - name: queueName\n    value: "orders"\n`,
    `key from nameAndKey for orders of harborlane at ${AT}`,
  ],
  [
    'a component of Dapr for the emulator',
    `  - name: accountName\n    value: devstoreaccount1\n  - name: accountKey\n    value: ${KEY}\n  - name: endpoint\n    value: "${LOCAL}"\n`,
    `key from nameAndKey of devstoreaccount1 at ${LOCAL}/devstoreaccount1`,
  ],
  [
    'an older component of Dapr',
    `  - name: storageAccount\n    value: harborlane\n  - name: storageAccessKey\n    value: ${KEY}\n`,
    BY_KEY,
  ],
  [
    'a Secret for KEDA',
    secret(`data:\n  connection: ${base64(STRING)}\n---\napiVersion: keda.sh/v1alpha1\nkind: TriggerAuthentication\n`),
    `${BY_STRING}; ${IN_BASE64}`,
  ],
  ['NServiceBus in C#', `var transport = new AzureStorageQueueTransport("${STRING};QueueEndpoint=${AT}/");`, BY_STRING],
  [
    'Spring, as properties',
    `spring.cloud.azure.storage.queue.account-name=harborlane\nspring.cloud.azure.storage.queue.account-key=${KEY}\nspring.cloud.azure.storage.queue.queue-name=orders\n`,
    `key from nameAndKey for orders of harborlane at ${AT}`,
  ],
  [
    'Spring, as YAML',
    `spring:\n  cloud:\n    azure:\n      storage:\n        queue:\n          account-name: harborlane\n          account-key: ${KEY}\n`,
    BY_KEY,
  ],
  [
    'docker compose',
    `services:\n  worker:\n    image: worker\n    environment:\n      - AZURE_STORAGE_CONNECTION_STRING=${STRING}\n      - PORT=3000\n`,
    BY_STRING,
  ],
  [
    'Terraform, as text',
    `primary_access_key = "${KEY}"\nprimary_queue_endpoint = "${AT}/"\nstorage_account_name = "harborlane"\n`,
    BY_KEY,
  ],
  [
    'Terraform, as JSON',
    JSON.stringify({
      storage_account_name: { sensitive: false, type: 'string', value: 'harborlane' },
      primary_access_key: { sensitive: true, type: 'string', value: KEY },
    }),
    BY_KEY,
  ],
];

/** K11: damaged keys and signatures. */
const DAMAGED: Row[] = [
  [
    'a key without its ==',
    STRING.replace('==', ''),
    `${BY_STRING}; The == at the end of the key was not whole, and is put back.`,
  ],
  [
    'a key with one = of two',
    STRING.replace('==', '='),
    `${BY_STRING}; The == at the end of the key was not whole, and is put back.`,
  ],
  [
    'a key without its == beside the name',
    `harborlane:${KEY.slice(0, -2)}`,
    `${BY_KEY}; The == at the end of the key was not whole, and is put back.`,
  ],
  [
    'a variable without its ==',
    `AZURE_STORAGE_ACCOUNT=harborlane\nAZURE_STORAGE_KEY=${KEY.slice(0, -2)}`,
    `${BY_KEY}; The == at the end of the key was not whole, and is put back.`,
  ],
  ['a percent-encoded key', STRING.replace(KEY, ENCODED_KEY), `${BY_STRING}; ${KEY_PERCENTS}`],
  [
    'a key that is percent-encoded twice',
    STRING.replace(KEY, encodeURIComponent(ENCODED_KEY)),
    `${BY_STRING}; ${KEY_PERCENTS}`,
  ],
  ['a half-encoded key', STRING.replace('==', '%3D%3D'), `${BY_STRING}; ${KEY_PERCENTS}`],
  [
    'a percent-encoded key with a line break',
    STRING.replace(KEY, `${ENCODED_KEY}%0A`),
    `${BY_STRING}; ${KEY_PERCENTS}`,
  ],
  [
    'a key with a blank for +',
    STRING.replace('+', ' '),
    `${BY_STRING}; A blank in the key stands for +, which is put back.`,
  ],
  [
    'a key in the URL alphabet',
    STRING.replace(KEY, KEY.replaceAll('/', '_').replaceAll('+', '-')),
    `${BY_STRING}; The key was in the URL alphabet of Base64, and is put into the usual one.`,
  ],
  [
    'a key in Base64 twice',
    STRING.replace(KEY, base64(KEY)),
    `${BY_STRING}; The key was in Base64 twice, and is decoded once.`,
  ],
  [
    'a key that lacks a character in its middle',
    STRING.replace('k3Y/', 'k3Y'),
    `${BY_STRING}; An account key has 88 characters. This one has 87: 1 is missing.`,
  ],
  [
    'a key with a character too many',
    STRING.replace('k3Y/', 'k3Y//'),
    `${BY_STRING}; An account key has 88 characters. This one has 89: 1 is too many.`,
  ],
  [
    'a key that is cut off',
    `AZURE_STORAGE_ACCOUNT=harborlane\nAZURE_STORAGE_KEY=${KEY.slice(0, 61)}`,
    `${BY_KEY}; An account key has 88 characters. This one has 61: 27 are missing.`,
  ],
  [
    'a signature with a blank for +',
    `${AT}/?${SAS.replace('%2B', ' ')}`,
    `${BY_URL}; A blank in the signature stands for +, which is put back.`,
  ],
  [
    'a short signature with a blank for +',
    `${AT}/?sv=2024-11-04&ss=q&srt=sco&sp=rl&se=2099-01-01T00:00:00Z&sig=c2lnbmF0dXJl L8=`,
    `${BY_URL}; A blank in the signature stands for +, which is put back.; A signature has 44 characters. This one has 16: 28 are missing.`,
  ],
  [
    'a signature with a blank for + in a command',
    `curl "${AT}/?${SAS.replace('%2B', ' ').replace('%3D', '=')}" -o list.xml`,
    `${BY_URL}; A blank in the signature stands for +, which is put back.`,
  ],
  [
    'a signature with %20 for +',
    `${AT}/?${SAS.replace('%2B', '%20')}`,
    `${BY_URL}; A blank in the signature stands for +, which is put back.`,
  ],
  ['a signature that is not encoded', `${AT}/?${SAS.replace(SIG, decodeURIComponent(SIG))}`, BY_URL],
  [
    'a signature that is encoded twice',
    `${AT}/?${SAS.replace(SIG, encodeURIComponent(SIG))}`,
    `${BY_URL}; The signature was percent-encoded twice, and is decoded.`,
  ],
  [
    'a signature without its =',
    `${AT}/?${SAS.replace('%3D', '')}`,
    `${BY_URL}; The = at the end of the signature was missing, and is put back.`,
  ],
  [
    'a signature of 43 characters',
    `${AT}/?sv=2024-11-04&ss=q&srt=sco&sp=rl&se=2099-01-01T00:00:00Z&sig=${'a'.repeat(43)}`,
    `${BY_URL}; The = at the end of the signature was missing, and is put back.`,
  ],
  [
    'a signature that is cut off',
    `${AT}/?${SAS.slice(0, -20)}`,
    `${BY_URL}; A signature has 44 characters. This one has 28: 16 are missing.`,
  ],
  [
    'a signature with something behind it',
    `${AT}/?${SAS}xyz`,
    `${BY_URL}; A signature has 44 characters. This one has 47: 3 are too many.`,
  ],
  [
    'a signature in the URL alphabet',
    `${AT}/?${SAS.replace('%2B', '-')}`,
    `${BY_URL}; The signature was in the URL alphabet of Base64, and is put into the usual one.`,
  ],
];

/** K12: templates, and values that something hides. */
const UNFILLED: Row[] = [
  [
    'Bicep',
    "'DefaultEndpointsProtocol=https;AccountName=${storage.name};AccountKey=${storage.listKeys().keys[0].value};EndpointSuffix=${environment().suffixes.storage}'",
    TEMPLATE,
  ],
  [
    'string.Format',
    'DefaultEndpointsProtocol=https;AccountName={0};AccountKey={1};EndpointSuffix=core.windows.net',
    TEMPLATE,
  ],
  [
    'an ARM template',
    "[concat('DefaultEndpointsProtocol=https;AccountName=', parameters('name'), ';AccountKey=', listKeys('id', '2019-04-01').keys[0].value)]",
    TEMPLATE,
  ],
  ['a pipeline', 'DefaultEndpointsProtocol=https;AccountName=$(accountName);AccountKey=$(accountKey)', TEMPLATE],
  [
    'the documents of Azure',
    'DefaultEndpointsProtocol=https;AccountName=<storage-account>;AccountKey=<account-key>;EndpointSuffix=core.windows.net',
    TEMPLATE,
  ],
  [
    'Helm',
    'connection: "DefaultEndpointsProtocol=https;AccountName={{ .Values.account }};AccountKey={{ .Values.key }}"',
    TEMPLATE,
  ],
  ['an address in braces', 'AccountKey=abc;QueueEndpoint=https://{account}.queue.core.windows.net', TEMPLATE],
  ['GitHub', 'AZURE_STORAGE_CONNECTION_STRING: ${{ secrets.STORAGE }}', TEMPLATE],
  ['a variable alone', '$STORAGE_KEY', TEMPLATE],
  ['a variable of PowerShell', '$env:AZURE_STORAGE_CONNECTION_STRING', TEMPLATE],
  ['a variable of Windows', '%AZURE_STORAGE_CONNECTION_STRING%', TEMPLATE],
  [
    'a variable for the key, with the name',
    'az storage queue list --account-name harborlane --account-key $STORAGE_KEY',
    `account of harborlane at ${AT}; ${KEY_OPEN}`,
  ],
  [
    'a variable for the key in a string',
    'DefaultEndpointsProtocol=https;AccountName=harborlane;AccountKey=$STORAGE_KEY;EndpointSuffix=core.windows.net',
    `account of harborlane at ${AT}; ${KEY_OPEN}`,
  ],
  [
    'your key',
    'AccountName=harborlane;AccountKey=YOUR_ACCOUNT_KEY;EndpointSuffix=core.windows.net',
    `account of harborlane at ${AT}; ${KEY_OPEN}`,
  ],
  [
    'asterisks',
    'DefaultEndpointsProtocol=https;AccountName=harborlane;AccountKey=***;EndpointSuffix=core.windows.net',
    `account of harborlane at ${AT}; ${KEY_MASKED}`,
  ],
  [
    'the beginning of a key and asterisks',
    `AccountName=harborlane;AccountKey=${KEY.slice(0, 6)}****;EndpointSuffix=core.windows.net`,
    `account of harborlane at ${AT}; ${KEY_MASKED}`,
  ],
  [
    'the beginning of a key and dots',
    `AccountName=harborlane;AccountKey=${KEY.slice(0, 6)}...;EndpointSuffix=core.windows.net`,
    `account of harborlane at ${AT}; ${KEY_MASKED}`,
  ],
  ['bullets', 'AccountName=harborlane;AccountKey=••••••••', `account of harborlane at ${AT}; ${KEY_MASKED}`],
  ['[hidden]', 'AccountName=harborlane;AccountKey=[Hidden]', `account of harborlane at ${AT}; ${KEY_MASKED}`],
  ['REDACTED', 'AccountName=harborlane;AccountKey=REDACTED', `account of harborlane at ${AT}; ${KEY_MASKED}`],
  [
    'a key that was left out',
    'AccountName=harborlane;AccountKey=;EndpointSuffix=core.windows.net',
    `key from connectionString of harborlane at ${AT}; AccountKey has no value here: the key was left out, or is masked.`,
  ],
  [
    'a masked signature',
    `QueueEndpoint=${AT}/;SharedAccessSignature=sv=2024-11-04&ss=q&sig=***`,
    `account of harborlane at ${AT}; The signature is masked here. Paste it whole, or add the account key below.`,
  ],
  [
    'an address in a log of the SDKs',
    `GET ${AT}/orders?comp=metadata&sv=2024-11-04&sig=REDACTED`,
    `endpoint for orders of harborlane at ${AT}; The signature is masked here. Paste it whole, or add the account key below.`,
  ],
  [
    'a placeholder for a signature',
    'az storage queue list --account-name harborlane --sas-token "$SAS_TOKEN"',
    `account of harborlane at ${AT}; ${KEY_OPEN}`,
  ],
  ['Terraform', 'primary_connection_string = <sensitive>', MASKED],
  ['a plan of Terraform', 'primary_access_key = (sensitive value)\nname = "harborlane"', MASKED],
  ['a log of GitHub', '***', MASKED],
  ['a template beside a whole connection', `STORAGE=\${{ secrets.STORAGE }}\nORDERS=${STRING}`, BY_STRING],
  [
    'settings of Functions that are encrypted',
    JSON.stringify({ IsEncrypted: true, Values: { AzureWebJobsStorage: `CfDJ8${'AAECAwQFBgcICQ'.repeat(8)}` } }),
    'These settings are encrypted. Decrypt them first ("func settings decrypt" for local.settings.json), and paste them again.',
  ],
  [
    'a reference to Key Vault',
    JSON.stringify({ name: 'AzureWebJobsStorage', value: '@Microsoft.KeyVault(VaultName=v;SecretName=storage)' }),
    'This is a reference to a secret in Key Vault. Open the secret there and paste its value.',
  ],
];

const of = (what: string) => `This is ${what}. Queuescope works with Azure Queue Storage.`;
const foreignString = (service: string) => of(`a connection string of ${service}`);
const foreignAddress = (service: string) => of(`an address of ${service}`);

/** K13: strings and addresses of other services. */
const FOREIGN: Row[] = [
  [
    'tables of Cosmos DB',
    `DefaultEndpointsProtocol=https;AccountName=harborcosmos;AccountKey=${KEY};TableEndpoint=https://harborcosmos.table.cosmos.azure.com:443/;`,
    foreignString('Azure Cosmos DB'),
  ],
  ['an address of Cosmos DB', 'https://harbor.documents.azure.com:443/', foreignAddress('Azure Cosmos DB')],
  [
    'Cosmos DB for MongoDB',
    'mongodb://harbor:hunter2==@harbor.mongo.cosmos.azure.com:10255/?ssl=true',
    foreignString('Azure Cosmos DB'),
  ],
  [
    'App Configuration',
    'Endpoint=https://harbor.azconfig.io;Id=abcd;Secret=hunter2=',
    foreignString('Azure App Configuration'),
  ],
  [
    'SignalR',
    'Endpoint=https://harbor.service.signalr.net;AccessKey=hunter2hunter2hunter2hunter2hunter2hunter2hu=;Version=1.0;',
    foreignString('Azure SignalR Service'),
  ],
  [
    'Web PubSub',
    'Endpoint=https://harbor.webpubsub.azure.com;AccessKey=hunter2=;Version=1.0;',
    foreignString('Azure Web PubSub'),
  ],
  [
    'Communication Services',
    'endpoint=https://harbor.communication.azure.com/;accesskey=hunter2hunter2==',
    foreignString('Azure Communication Services'),
  ],
  [
    'Redis',
    'harbor.redis.cache.windows.net:6380,password=hunter2=,ssl=True,abortConnect=False',
    foreignString('Azure Cache for Redis'),
  ],
  ['a Redis of one’s own', 'cache.example.com:6379,password=hunter2', of('a connection string of Redis')],
  [
    'Event Grid',
    'https://harbor-topic.westeurope-1.eventgrid.azure.net/api/events',
    foreignAddress('Azure Event Grid'),
  ],
  [
    'Event Hubs',
    'Endpoint=sb://harbor.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=hunter2=;EntityPath=orders',
    foreignString('Azure Service Bus or Event Hubs'),
  ],
  [
    'an address of Service Bus',
    'https://harbor.servicebus.windows.net/orders',
    foreignAddress('Azure Service Bus or Event Hubs'),
  ],
  [
    'a device of IoT Hub',
    'HostName=harbor.azure-devices.net;DeviceId=crane;SharedAccessKey=hunter2=',
    foreignString('Azure IoT Hub'),
  ],
  ['Key Vault', 'https://harbor.vault.azure.net/secrets/storage', foreignAddress('Azure Key Vault')],
  ['AI Search', 'https://harbor.search.windows.net', foreignAddress('Azure AI Search')],
  [
    'Application Insights',
    'InstrumentationKey=1-2-3;IngestionEndpoint=https://westeurope-1.in.applicationinsights.azure.com/',
    foreignString('Application Insights'),
  ],
  ['SQS', 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders', of('a queue of Amazon SQS')],
  ['the name of a queue of SQS', 'arn:aws:sqs:eu-west-1:123456789012:orders', of('a queue of Amazon SQS')],
  [
    'keys of AWS',
    'AWS_ACCESS_KEY_ID=AKIAEXAMPLE\nAWS_SECRET_ACCESS_KEY=hunter2hunter2hunter2',
    of('a key of Amazon Web Services'),
  ],
  ['RabbitMQ', 'amqp://guest:hunter2@rabbit:5672/', of('an address of an AMQP broker')],
  ['Kafka', 'bootstrap.servers=kafka:9092\nsasl.password=hunter2', of('an address of a message broker')],
  [
    'SQL',
    'Server=tcp:harbor.database.windows.net,1433;Database=orders;User ID=sa;Password=hunter2;',
    of('a connection string of a database'),
  ],
  [
    'JDBC',
    'jdbc:sqlserver://harbor.database.windows.net:1433;user=sa;password=hunter2',
    of('a connection string of a database'),
  ],
  [
    'Service Bus beside a storage account',
    `BUS=Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=hunter2=\nSTORAGE=${STRING}`,
    BY_STRING,
  ],
];

/** K14: Aspire's strings. */
const ASPIRE: Row[] = [
  [
    'an address and a queue',
    `Endpoint=${AT}/;QueueName=orders`,
    `endpoint for orders of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'a queue and an address',
    `QueueName=orders;Endpoint=${AT}/`,
    `endpoint for orders of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'as a variable',
    `ConnectionStrings__orders=Endpoint=${AT}/;QueueName=orders`,
    `endpoint for orders of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'as JSON',
    JSON.stringify({ ConnectionStrings: { orders: `Endpoint=${AT}/;QueueName=orders` } }),
    `endpoint for orders of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'with a semicolon at its end',
    `Endpoint=${AT}/;QueueName=orders;`,
    `endpoint for orders of harborlane at ${AT}; ${IDENTITY}`,
  ],
  ['without a queue', `ConnectionStrings__queues="Endpoint=${AT}/"`, `endpoint of harborlane at ${AT}`],
  [
    'an address of the emulator',
    `Endpoint=${LOCAL}/devstoreaccount1;QueueName=orders`,
    `endpoint for orders of devstoreaccount1 at ${LOCAL}/devstoreaccount1`,
  ],
  [
    'a connection string in quotes',
    `Endpoint="${STRING}";QueueName=orders`,
    `key from connectionString for orders of harborlane at ${AT}`,
  ],
  [
    'a connection string of the emulator in quotes',
    `Endpoint="DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${KEY};QueueEndpoint=http://127.0.0.1:54321/devstoreaccount1;";QueueName=orders`,
    'key from connectionString for orders of devstoreaccount1 at http://127.0.0.1:54321/devstoreaccount1',
  ],
  [
    'a connection string in quotes, in JSON',
    JSON.stringify({ ConnectionStrings: { orders: `Endpoint="${STRING}";QueueName=orders` } }),
    `key from connectionString for orders of harborlane at ${AT}`,
  ],
  [
    'an address with a signature',
    `Endpoint=${AT}/?${SAS};QueueName=orders`,
    `sas from url for orders of harborlane at ${AT}`,
  ],
  [
    'an address with a signature for one queue',
    `Endpoint=${AT}/?${QUEUE_SAS};QueueName=orders`,
    `sas from url for orders of harborlane at ${AT}`,
  ],
  [
    'two of them',
    `ORDERS=Endpoint="${STRING}";QueueName=orders\nSTOCK=Endpoint="${STOCK}";QueueName=stock`,
    `ORDERS: ${BY_STRING.replace(' of', ' for orders of')} | STOCK: ${BY_STRING.replaceAll('harborlane', 'stocktake').replace(' of', ' for stock of')}`,
  ],
];

const USUAL = 'The usual address of the emulator is taken. For another one, paste a string with QueueEndpoint.';
const EMULATOR_NAME = 'Azure allows 3 to 24 lower-case letters and digits. This emulator may allow more.';
const emulated = (name: string, more = `; ${USUAL}`, host = LOCAL) =>
  `key from emulatorAccounts of ${name} at ${host}/${name}${more}`;

/** K15: accounts of emulators, their names and their addresses. */
const EMULATED: Row[] = [
  [
    'a variable with two accounts',
    'AZURITE_ACCOUNTS=orders:c2VjcmV0MQ==;stock:c2VjcmV0Mg==',
    `AZURITE_ACCOUNTS: ${emulated('orders')} | AZURITE_ACCOUNTS: ${emulated('stock')}`,
  ],
  ['a variable with one account', 'AZURITE_ACCOUNTS=orders:c2VjcmV0MQ==', emulated('orders')],
  [
    'an account with two keys',
    'export AZURITE_ACCOUNTS="orders:c2VjcmV0MQ==:c2VjcmV0Mg=="',
    emulated('orders', `; ${USUAL}; The account has two keys here. The first is used.`),
  ],
  ['set of Windows', 'set AZURITE_ACCOUNTS=orders:c2VjcmV0MQ==', emulated('orders')],
  [
    'docker run',
    'docker run -e AZURITE_ACCOUNTS="orders:c2VjcmV0MQ==" -p 10361:10001 azurite',
    emulated('orders', '', 'http://127.0.0.1:10361'),
  ],
  [
    'docker compose with a port',
    'services:\n  azurite:\n    environment:\n      AZURITE_ACCOUNTS: "orders:c2VjcmV0MQ=="\n    ports:\n      - "10360:10000"\n      - "10361:10001"\n',
    emulated('orders', '', 'http://127.0.0.1:10361'),
  ],
  ['docker compose as a list', 'environment:\n  - AZURITE_ACCOUNTS=orders:c2VjcmV0MQ==\n', emulated('orders')],
  [
    'a container in Kubernetes',
    'env:\n  - name: AZURITE_ACCOUNTS\n    value: "orders:c2VjcmV0MQ=="\n',
    emulated('orders'),
  ],
  ['JSON', JSON.stringify({ environment: { AZURITE_ACCOUNTS: 'orders:c2VjcmV0MQ==' } }), emulated('orders')],
  [
    'a container of Azure in JSON',
    JSON.stringify({ environmentVariables: [{ name: 'AZURITE_ACCOUNTS', value: 'orders:c2VjcmV0MQ==' }] }),
    emulated('orders'),
  ],
  ['Testcontainers', '.withEnv("AZURITE_ACCOUNTS", "orders:c2VjcmV0MQ==")', emulated('orders')],
  [
    'a string of a container whose port the text publishes, which is offered beside it',
    `services:\n  azurite:\n    ports: ["10000:10000","10361:10001"]\n  api:\n    environment:\n      STORAGE: "AccountName=devstoreaccount1;AccountKey=${KEY};QueueEndpoint=http://azurite:10001/devstoreaccount1;"\n`,
    'STORAGE: key from connectionString of devstoreaccount1 at http://azurite:10001/devstoreaccount1 | STORAGE: key from connectionString of devstoreaccount1 at http://127.0.0.1:10361/devstoreaccount1',
  ],
  [
    'a string of a service in a cluster whose port is forwarded',
    `kubectl port-forward svc/azurite 10361:10001\nAccountName=devstoreaccount1;AccountKey=${KEY};QueueEndpoint=http://azurite.default.svc:10001/devstoreaccount1`,
    ': key from connectionString of devstoreaccount1 at http://azurite.default.svc:10001/devstoreaccount1 | : key from connectionString of devstoreaccount1 at http://127.0.0.1:10361/devstoreaccount1',
  ],
  [
    'a name that Azure does not allow',
    'AZURITE_ACCOUNTS=orders-dev:c2VjcmV0MQ==',
    emulated('orders-dev', `; ${EMULATOR_NAME}; ${USUAL}`),
  ],
  [
    'such a name in a connection string',
    'DefaultEndpointsProtocol=http;AccountName=orders-dev;AccountKey=c2VjcmV0;QueueEndpoint=http://127.0.0.1:10363/orders-dev;',
    `key from connectionString of orders-dev at http://127.0.0.1:10363/orders-dev; ${EMULATOR_NAME}`,
  ],
  [
    'such a name at Azure',
    `AccountName=orders-dev;AccountKey=${KEY}`,
    'key from connectionString of orders-dev at https://orders-dev.queue.core.windows.net; An account name has 3 to 24 lower-case letters and digits.',
  ],
  ...[
    'https://harbor-lane.ngrok-free.app',
    'https://1a2b3c.ngrok.io',
    'https://abc123-10001.euw.devtunnels.ms',
    'https://harbor-10001.app.github.dev',
    'https://10001-harbor.ws-eu1.gitpod.io',
    'https://harbor-lane.trycloudflare.com',
    'https://machine.tail1234.ts.net',
    'http://azurite.default.svc.cluster.local:10001',
    'http://azurite.default.svc:80',
    'http://host.docker.internal:10001',
    'http://localhost:8080',
  ].flatMap((host): Row[] => [
    [
      `a string at ${host}`,
      `AccountName=devstoreaccount1;AccountKey=${KEY};QueueEndpoint=${host}/devstoreaccount1`,
      `key from connectionString of devstoreaccount1 at ${host.replace(/:80$/, '')}/devstoreaccount1`,
    ],
    [
      `a queue at ${host}`,
      `${host}/devstoreaccount1/orders?${QUEUE_SAS}`,
      `sas from url for orders of devstoreaccount1 at ${host.replace(/:80$/, '')}/devstoreaccount1`,
    ],
  ]),
  [
    'an account of one’s own at a domain that nobody knows',
    'AccountName=orders-dev;AccountKey=c2VjcmV0;QueueEndpoint=https://azurite.example.com/orders-dev',
    `key from connectionString of orders-dev at https://azurite.example.com/orders-dev; ${EMULATOR_NAME}`,
  ],
];

/** K16: settings that name an identity and no secret. */
const IDENTITIES: Row[] = [
  [
    'Functions, with the identity of the app',
    `AzureWebJobsStorage__queueServiceUri=${AT}\nAzureWebJobsStorage__credential=managedidentity\nAzureWebJobsStorage__clientId=11111111-2222-3333-4444-555555555555`,
    `endpoint of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'Functions, by account name',
    'AzureWebJobsStorage__accountName=harborlane',
    `account of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'Functions, as JSON',
    JSON.stringify({ Values: { Orders__queueServiceUri: `${AT}/` } }),
    `endpoint of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'Functions, as settings of the portal',
    JSON.stringify([{ name: 'AzureWebJobsStorage__accountName', value: 'harborlane', slotSetting: false }]),
    `account of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'Functions, nested',
    JSON.stringify({ AzureWebJobsStorage: { queueServiceUri: AT, credential: 'managedidentity' } }),
    `endpoint of harborlane at ${AT}; ${IDENTITY}`,
  ],
  ['settings with colons', `AzureWebJobsStorage:queueServiceUri=${AT}`, `endpoint of harborlane at ${AT}; ${IDENTITY}`],
  [
    'C#',
    `new QueueServiceClient(new Uri("${AT}"), new DefaultAzureCredential());`,
    `endpoint of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'Python',
    `QueueClient("${AT}", queue_name="orders", credential=DefaultAzureCredential())`,
    `endpoint for orders of harborlane at ${AT}; ${IDENTITY}`,
  ],
  ['Service Connector', `AZURE_STORAGEQUEUE_RESOURCEENDPOINT=${AT}/`, `endpoint of harborlane at ${AT}; ${IDENTITY}`],
  [
    'Spring',
    'spring.cloud.azure.storage.queue.account-name=harborlane\nspring.cloud.azure.credential.managed-identity-enabled=true',
    `account of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'Dapr',
    '  - name: accountName\n    value: harborlane\n  - name: azureClientId\n    value: 11111111-2222-3333-4444-555555555555\n',
    `account of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'KEDA',
    'triggers:\n  - type: azure-queue\n    metadata:\n      accountName: harborlane\n      queueName: orders\n---\nspec:\n  podIdentity:\n    provider: azure-workload\n',
    `account for orders of harborlane at ${AT}; ${IDENTITY}`,
  ],
  [
    'an identity beside a key, which is used',
    `AzureWebJobsStorage__accountName=harborlane\nORDERS=${STRING}`,
    BY_STRING,
  ],
];

const KINDS: [kind: string, rows: Row[]][] = [
  ['in disguise (K9)', DISGUISED],
  ['in an address or a command of a tool (K10)', FRAMEWORKS],
  ['damaged (K11)', DAMAGED],
  ['not filled in, or masked (K12)', UNFILLED],
  ['of another service (K13)', FOREIGN],
  ['of Aspire (K14)', ASPIRE],
  ['of an emulator (K15)', EMULATED],
  ['by identity (K16)', IDENTITIES],
];

/** Texts that hold a part of a secret, which no field for words may. */
const PIECES = [
  KEY.slice(0, 12),
  KEY2.slice(0, 12),
  ENCODED_KEY.slice(0, 14),
  SIG.slice(0, 12),
  'hunter2',
  'c2VjcmV0',
  TOKEN.slice(-20),
  base64(STRING).slice(100, 120),
  base64(KEY).slice(20, 40),
  utf16(STRING).slice(200, 220),
  encodeURIComponent(ENCODED_KEY).slice(0, 14),
];

describe.each(KINDS)('what is pasted %s', (_, rows) => {
  test('has at least eight forms', () => {
    expect(rows.length).toBeGreaterThan(8);
  });

  test.each(rows)('%s', (__, pasted, expected) => {
    const input = parseConnectionInput(pasted);
    expect(told(input)).toBe(expected);
    const shown = replaceSecrets(pasted, () => '•');
    for (const piece of PIECES) {
      expect(withoutSecrets(input)).not.toContain(piece);
      expect(shown).not.toContain(piece);
    }
  });
});

describe('the secret', () => {
  const keyed = [...DISGUISED, ...FRAMEWORKS, ...DAMAGED].filter(
    ([, , said]) =>
      said.startsWith('key') && !said.includes('An account key has') && !said.includes('devstoreaccount1'),
  );

  test.each(keyed)('of %s is the whole key', (_, pasted) => {
    expect(parseConnectionInput(pasted)).toMatchObject({ key: KEY });
  });

  const signed = [...DISGUISED, ...FRAMEWORKS, ...DAMAGED, ...ASPIRE].filter(
    ([what, , said]) => said.startsWith('sas') && !/characters|43/.test(`${said}${what}`),
  );

  test.each(signed)('of %s is the whole signature', (_, pasted) => {
    expect(parseConnectionInput(pasted)).toMatchObject({
      token: expect.stringMatching(new RegExp(`(?:^|&)sig=${SIG}(?:&|$)`)),
    });
  });

  test('of an account of an emulator is its first key', () => {
    expect(parseConnectionInput('AZURITE_ACCOUNTS=orders:c2VjcmV0MQ==:c2VjcmV0Mg==')).toMatchObject({
      key: 'c2VjcmV0MQ==',
    });
  });

  test('of a token is the token', () => {
    expect(parseConnectionInput(`${AT}\n${TOKEN}`)).toMatchObject({ token: TOKEN });
  });
});

/** Pieces of the kinds over and over. A quadratic step takes longer at this length than the runner waits for a test. */
describe('a text of many pieces is read in one pass', () => {
  test.each([
    'azurestoragequeues://',
    'azurestoragequeues://:a@',
    'azure-storage-queue:harborlane/a?',
    'azure-storage-queue:abc?accessKey=RAW(',
    'wasb://abc:',
    'AZURITE_ACCOUNTS=',
    'AZURITE_ACCOUNTS=a:b;',
    'a:b;',
    '%3D',
    '%25',
    'AccountKey%3D',
    'https%3A%2F%2F',
    'QUJD',
    'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\n',
    `${btoa('AccountKey=a;')} `,
    'Endpoint="',
    'QueueName=a;',
    ';Endpoint=https://a',
    'kind: Secret\n',
    'a: QUJDRA==\n',
    '${',
    '<a',
    '***',
    'sig=a b ',
    'eyJhbGciOiJ.',
    'a:1,password=',
    'secret = ',
    '://a:',
    '10361:10001 ',
    '__credential',
    'SharedKey a:',
  ])('%j', (again) => {
    const pasted = again.repeat(Math.floor(100_000 / again.length));
    expect(withoutSecrets(parseConnectionInput(pasted)).length).toBeLessThan(100_000);
  });
});

test('of many accounts of an emulator as many are offered as of other connections', () => {
  const accounts = Array.from({ length: 1_000 }, (_, index) => `account${index}:c2VjcmV0`).join(';');
  expect(parseConnectionInput(`AZURITE_ACCOUNTS=${accounts}`)).toMatchObject({
    kind: 'several',
    choices: { length: 50 },
  });
});
