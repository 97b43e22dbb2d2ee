import { inputWarning } from './input-problem';
import type { ParsedConnection } from './parsed-connection';

/**
 * What names an identity in place of a secret: the settings of Functions, credential classes of the SDKs, arguments of tools,
 * the schemes of Celery and Camel, and the settings of Spring, Kubernetes, Dapr and KEDA.
 */
const IDENTITY = new RegExp(
  [
    String.raw`(?:__|:)(?:queueServiceUri|serviceUri|blobServiceUri|accountName|credential|clientId|managedIdentityResourceId)\b`,
    String.raw`"queueServiceUri"`,
    String.raw`\b(?:DefaultAzure|ManagedIdentity|WorkloadIdentity|AzureCli|ChainedToken|ClientSecret|Environment|VisualStudio)Credential`,
    String.raw`--auth-mode[ =]["']?login`,
    '-UseConnectedAccount',
    String.raw`credentialType=AZURE_IDENTITY`,
    String.raw`managed-identity-enabled["']?\s?[:=]\s?["']?true`,
    String.raw`\bpodIdentity\b`,
    String.raw`\bazure-workload\b`,
    String.raw`\bazureClientId\b`,
    String.raw`_RESOURCEENDPOINT\b`,
    // Aspire writes an address without a secret for an identity.
    String.raw`\bEndpoint ?= ?["']?https:\/\/[^\s;"'?]{1,300};QueueName ?=`,
    String.raw`\bQueueName ?= ?[\w-]{1,63};Endpoint ?= ?["']?https:`,
  ].join('|'),
  'i',
);

/** True for a text that has an application use an identity and no secret. */
export const usesIdentity = (text: string): boolean => IDENTITY.test(text);

/** Marks an account without a secret as one that is reached by an identity, and says why signing in comes first. */
export function withIdentity<Input extends ParsedConnection>(input: Input): Input {
  if (input.kind !== 'account' && input.kind !== 'endpoint') return input;
  return { ...input, identity: true, problems: [...input.problems, inputWarning('text', IDENTITY_TEXT)] };
}

const IDENTITY_TEXT =
  'The application uses an identity here, and no key. Such accounts often refuse keys, so sign in yourself first.';
