import type { Connection } from '../protocol/connection';
import { EMULATOR } from '../protocol/emulator';

export type CorsFlavour = 'cli' | 'powershell' | 'bicep' | 'portal';

const METHODS = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'];

/** Seconds that a browser may keep a preflight's answer; Chromium keeps none longer. */
const MAX_AGE = 7200;

/**
 * What to run, or where to click, so that the account's queue service lets the page at `origin` (`https://host[:port]`)
 * in. It never holds a secret: the CLI asks for or finds the key itself, `<account-key>` marks where one belongs.
 */
export function corsCommand(
  { account, endpoint }: Pick<Connection, 'account' | 'endpoint'>,
  origin: string,
  flavour: CorsFlavour,
): string {
  switch (flavour) {
    case 'cli':
      return cli(account, endpoint, origin);
    case 'powershell':
      return powershell(account, endpoint, origin);
    case 'bicep':
      return bicep(account, origin);
    case 'portal':
      return portal(account, origin);
  }
}

/** `add` keeps the rules that are there; with an account name alone it looks the key up for whoever is signed in. */
const cli = (account: string, endpoint: string, origin: string): string =>
  [
    `az storage cors add --services q ${isPublic(account, endpoint) ? `--account-name ${account}` : `--connection-string ${quoted(template(account, endpoint))}`}`,
    `--origins ${quoted(origin)}`,
    `--methods ${METHODS.join(' ')}`,
    `--allowed-headers '*' --exposed-headers '*' --max-age ${MAX_AGE}`,
  ].join(' \\\n  ');

/** The cmdlet replaces all rules, so the ones that are there are read first. */
const powershell = (account: string, endpoint: string, origin: string): string => {
  const context = isPublic(account, endpoint)
    ? `New-AzStorageContext -StorageAccountName ${account} -StorageAccountKey '<account-key>'`
    : `New-AzStorageContext -ConnectionString ${quoted(template(account, endpoint))}`;
  const rule = [
    `AllowedOrigins=@(${quoted(origin)})`,
    `AllowedMethods=@(${METHODS.map((method) => quoted(method)).join(',')})`,
    "AllowedHeaders=@('*')",
    "ExposedHeaders=@('*')",
    `MaxAgeInSeconds=${MAX_AGE}`,
  ].join('; ');
  return `$context = ${context}
$rules = @(Get-AzStorageCORSRule -ServiceType Queue -Context $context)
$rules += @{ ${rule} }
Set-AzStorageCORSRule -ServiceType Queue -Context $context -CorsRules $rules`;
};

const bicep = (
  account: string,
  origin: string,
): string => `resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: ${quoted(account)}
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    cors: {
      corsRules: [
        {
          allowedOrigins: [${quoted(origin)}]
          allowedMethods: [${METHODS.map((method) => quoted(method)).join(', ')}]
          allowedHeaders: ['*']
          exposedHeaders: ['*']
          maxAgeInSeconds: ${MAX_AGE}
        }
      ]
    }
  }
}`;

const portal = (account: string, origin: string): string =>
  `Open the storage account ${account}, then Settings, Resource sharing (CORS), Queue service. Add a row:
Allowed origins: ${origin}
Allowed methods: ${METHODS.join(', ')}
Allowed headers: *
Exposed headers: *
Max age: ${MAX_AGE}
Save.`;

const isPublic = (account: string, endpoint: string): boolean =>
  endpoint === `https://${account}.queue.core.windows.net`;

const template = (account: string, endpoint: string): string =>
  endpoint === EMULATOR.endpoint
    ? 'UseDevelopmentStorage=true'
    : `AccountName=${account};AccountKey=<account-key>;QueueEndpoint=${endpoint}`;

/** Single quotes keep `*`, `;`, `<` and `&` from a shell; none of what is quoted can hold one. */
const quoted = (text: string): string => `'${text}'`;
