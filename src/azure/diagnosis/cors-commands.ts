import type { Connection } from '../protocol/connection';
import { EMULATOR } from '../protocol/emulator';
import type { CorsRule } from '../protocol/model';
import { bashQuoted, powershellQuoted } from '../protocol/shell-text';
import { ruleFor } from './cors-rule';

export type CorsFlavour = 'cli' | 'powershell' | 'bicep' | 'portal';

/**
 * The command to run, or where to click, to add the CORS rule for the page at `origin` (`https://host[:port]`). Contains no
 * secret: the CLI finds the key itself, PowerShell asks for it; `<account-key>` is a placeholder for one.
 */
export function corsCommand(
  { account, endpoint }: Pick<Connection, 'account' | 'endpoint'>,
  origin: string,
  flavour: CorsFlavour,
): string {
  const rule = ruleFor(origin);
  switch (flavour) {
    case 'cli':
      return cli(account, endpoint, rule);
    case 'powershell':
      return powershell(account, endpoint, rule);
    case 'bicep':
      return bicep(account, rule);
    case 'portal':
      return portal(account, rule);
  }
}

/** `add` does not replace the existing rules; with an account name alone, it uses the sign-in of the CLI. */
const cli = (account: string, endpoint: string, rule: CorsRule): string =>
  [
    `az storage cors add --services q ${isPublic(account, endpoint) ? `--account-name ${bashQuoted(account)}` : `--connection-string ${bashQuoted(template(account, endpoint))}`}`,
    `--origins ${listed(rule.allowedOrigins, ' ', bashQuoted)}`,
    `--methods ${rule.allowedMethods.join(' ')}`,
    `--allowed-headers ${listed(rule.allowedHeaders, ' ', bashQuoted)} --exposed-headers ${listed(rule.exposedHeaders, ' ', bashQuoted)} --max-age ${rule.maxAge}`,
  ].join(' \\\n  ');

/** The cmdlet replaces all rules, so the existing ones are read first. */
const powershell = (account: string, endpoint: string, rule: CorsRule): string => {
  const context = isPublic(account, endpoint)
    ? `New-AzStorageContext -StorageAccountName ${powershellQuoted(account)} -StorageAccountKey (Read-Host 'Account key' -MaskInput)`
    : `New-AzStorageContext -ConnectionString ${powershellQuoted(template(account, endpoint))}`;
  const fields = [
    `AllowedOrigins=@(${listed(rule.allowedOrigins, ',', powershellQuoted)})`,
    `AllowedMethods=@(${listed(rule.allowedMethods, ',', powershellQuoted)})`,
    `AllowedHeaders=@(${listed(rule.allowedHeaders, ',', powershellQuoted)})`,
    `ExposedHeaders=@(${listed(rule.exposedHeaders, ',', powershellQuoted)})`,
    `MaxAgeInSeconds=${rule.maxAge}`,
  ].join('; ');
  return `$context = ${context}
$rules = @(Get-AzStorageCORSRule -ServiceType Queue -Context $context)
$rules += @{ ${fields} }
Set-AzStorageCORSRule -ServiceType Queue -Context $context -CorsRules $rules`;
};

const bicep = (
  account: string,
  rule: CorsRule,
): string => `resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: ${bicepQuoted(account)}
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    cors: {
      corsRules: [
        {
          allowedOrigins: [${listed(rule.allowedOrigins, ', ', bicepQuoted)}]
          allowedMethods: [${listed(rule.allowedMethods, ', ', bicepQuoted)}]
          allowedHeaders: [${listed(rule.allowedHeaders, ', ', bicepQuoted)}]
          exposedHeaders: [${listed(rule.exposedHeaders, ', ', bicepQuoted)}]
          maxAgeInSeconds: ${rule.maxAge}
        }
      ]
    }
  }
}`;

const portal = (account: string, rule: CorsRule): string =>
  `Open the storage account ${account}, then Settings, Resource sharing (CORS), Queue service. Add a row:
Allowed origins: ${rule.allowedOrigins.join(', ')}
Allowed methods: ${rule.allowedMethods.join(', ')}
Allowed headers: ${rule.allowedHeaders.join(', ')}
Exposed headers: ${rule.exposedHeaders.join(', ')}
Max age: ${rule.maxAge}
Save.`;

const isPublic = (account: string, endpoint: string): boolean =>
  endpoint === `https://${account}.queue.core.windows.net`;

const template = (account: string, endpoint: string): string =>
  endpoint === EMULATOR.endpoint
    ? 'UseDevelopmentStorage=true'
    : `AccountName=${account};AccountKey=<account-key>;QueueEndpoint=${endpoint}`;

type Quoted = (text: string) => string;

const listed = (texts: readonly string[], between: string, quoted: Quoted): string => texts.map(quoted).join(between);

/** A string of Bicep, in which `${` begins an expression. */
const bicepQuoted: Quoted = (text) =>
  `'${text
    .replaceAll(/[\\']/g, String.raw`\$&`)
    .replaceAll('${', String.raw`\${`)
    .replaceAll(/[\r\n\t]/g, (char) => ({ '\r': '\\r', '\n': '\\n' })[char] ?? '\\t')}'`;
