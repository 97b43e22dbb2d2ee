import { EMULATOR } from '@/azure/emulator';
import type { StoredConnection } from '@/state/connections';

/** Whose rules are to be changed. Never holds a key: the commands find it themselves, or it is the emulator's public one. */
export type CorsTarget = Pick<StoredConnection, 'account' | 'endpoint' | 'local'>;

/** Ways to add a CORS rule that lets `origin` in. */
export type CorsWay = {
  id: 'cli' | 'powershell' | 'portal' | 'bicep' | 'node';
  title: string;
  code: string;
  note: string;
};

const METHODS = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'];
/** Chromium remembers a preflight for no longer. */
const MAX_AGE = 7200;

/**
 * The exact rule that this page needs (all methods, all headers in, all headers out), as commands to copy. The rule is
 * that of learn.microsoft.com/rest/api/storageservices/cross-origin-resource-sharing--cors--support-for-the-azure-storage-services.
 */
export function corsWays(target: CorsTarget, origin: string): CorsWay[] {
  return target.local
    ? [emulatorCli(target, origin), node(target, origin)]
    : [cli(target, origin), ...azureWays(target, origin)];
}

const cli = ({ account }: CorsTarget, origin: string): CorsWay => ({
  id: 'cli',
  title: 'Azure CLI',
  code: `${addRule} --account-name ${account} \\\n${rule(origin)}`,
  note: 'Adds one rule to those that are there. A new rule takes up to a minute to apply.',
});

/** az cannot find the emulator by its name, so it gets the whole connection string; the key in it is public. */
const emulatorCli = (target: CorsTarget, origin: string): CorsWay => ({
  id: 'cli',
  title: 'Azure CLI',
  code: `${addRule} \\\n${rule(origin)} \\\n  --connection-string '${emulatorConnectionString(target)}'`,
  note: 'Adds one rule to those that are there. It applies at once.',
});

const addRule = 'az storage cors add --services q';
const rule = (origin: string) =>
  [
    `  --origins ${origin}`,
    `  --methods ${METHODS.join(' ')}`,
    `  --allowed-headers '*' --exposed-headers '*' --max-age ${MAX_AGE}`,
  ].join(' \\\n');

const node = (target: CorsTarget, origin: string): CorsWay => ({
  id: 'node',
  title: 'Node.js',
  code: `npm install @azure/storage-queue
node --input-type=module -e "
import { QueueServiceClient } from '@azure/storage-queue';
const service = QueueServiceClient.fromConnectionString('${emulatorConnectionString(target)}');
const { cors = [] } = await service.getProperties();
await service.setProperties({ cors: [...cors, {
  allowedOrigins: '${origin}', allowedMethods: '${METHODS.join(',')}',
  allowedHeaders: '*', exposedHeaders: '*', maxAgeInSeconds: ${MAX_AGE} }] });"`,
  note: 'Adds one rule to those that are there. Azurite needs --skipApiVersionCheck to answer a newer SDK.',
});

const azureWays = ({ account }: CorsTarget, origin: string): CorsWay[] => [
  {
    id: 'powershell',
    title: 'PowerShell',
    code: `$context = New-AzStorageContext -StorageAccountName ${account} -StorageAccountKey (Read-Host 'Account key')
Set-AzStorageCORSRule -ServiceType Queue -Context $context -CorsRules @(@{
  AllowedOrigins  = @('${origin}')
  AllowedMethods  = @(${METHODS.map((method) => `'${method.charAt(0)}${method.slice(1).toLowerCase()}'`).join(', ')})
  AllowedHeaders  = @('*')
  ExposedHeaders  = @('*')
  MaxAgeInSeconds = ${MAX_AGE}
})`,
    note: 'Replaces all CORS rules of the queue service by this one.',
  },
  {
    id: 'portal',
    title: 'Portal',
    code: `Storage account ${account} > Settings > Resource sharing (CORS) > Queue service

Allowed origins   ${origin}
Allowed methods   ${METHODS.join(', ')}
Allowed headers   *
Exposed headers   *
Max age           ${MAX_AGE}`,
    note: 'Then Save. A new rule takes up to a minute to apply.',
  },
  {
    id: 'bicep',
    title: 'Bicep',
    code: `resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: '${account}'
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    cors: {
      corsRules: [
        {
          allowedOrigins: ['${origin}']
          allowedMethods: [${METHODS.map((method) => `'${method}'`).join(', ')}]
          allowedHeaders: ['*']
          exposedHeaders: ['*']
          maxAgeInSeconds: ${MAX_AGE}
        }
      ]
    }
  }
}`,
    note: 'A deployment sets the whole list: keep the rules that you have beside this one.',
  },
];

const emulatorConnectionString = ({ account, endpoint }: CorsTarget) => {
  // Only the default account's key is public.
  const key = account === EMULATOR.account ? EMULATOR.key : '<account key>';
  return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};QueueEndpoint=${endpoint};`;
};
