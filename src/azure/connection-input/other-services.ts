/** Patterns of other services' texts, and which service such a text is of. */
const SERVICES: readonly [pattern: RegExp, service: string][] = [
  [/AccountEndpoint ?=|\.(?:documents|cosmos)\.azure\.(?:com|cn|us)/i, 'Azure Cosmos DB'],
  [/\.azure-devices(?:-provisioning)?\.(?:net|cn|us)/i, 'Azure IoT Hub'],
  [/\.eventgrid\.azure\.(?:net|us|cn)/i, 'Azure Event Grid'],
  [
    /Endpoint ?= ?sb:\/\/|\.servicebus\.(?:windows\.net|chinacloudapi\.cn|usgovcloudapi\.net)/i,
    'Azure Service Bus or Event Hubs',
  ],
  [/\.service\.signalr\.(?:net|azure\.(?:us|cn))/i, 'Azure SignalR Service'],
  [/\.webpubsub\.azure\.(?:com|us|cn)/i, 'Azure Web PubSub'],
  [/\.azconfig\.(?:io|azure\.(?:us|cn))/i, 'Azure App Configuration'],
  [/\.communication\.azure\.(?:com|us)/i, 'Azure Communication Services'],
  [/\.redis\.(?:cache\.(?:windows\.net|chinacloudapi\.cn|usgovcloudapi\.net)|azure\.net)/i, 'Azure Cache for Redis'],
  [/\.search\.windows\.net/i, 'Azure AI Search'],
  [/\.(?:cognitiveservices|openai|services\.ai)\.azure\.(?:com|us|cn)/i, 'Azure AI services'],
  [/\.vault\.(?:azure\.(?:net|cn)|usgovcloudapi\.net)/i, 'Azure Key Vault'],
  [/InstrumentationKey ?=|\.applicationinsights\.(?:azure\.(?:com|cn|us)|microsoft\.com)/i, 'Application Insights'],
  [/\.azurecr\.io/i, 'Azure Container Registry'],
];

/** The same where the words are those of the whole text. */
const OTHERS: readonly [pattern: RegExp, what: string][] = [
  [
    /(?:Server|Data Source) ?= ?[^;\n]{1,200};|(?:mongodb(?:\+srv)?|postgres(?:ql)?|mysql|mssql|redis|rediss):\/\/|jdbc:|\.database\.windows\.net/i,
    'a connection string of a database',
  ],
  [/(?<![\w.-])[\w.-]{1,200}:\d{2,5},password=/i, 'a connection string of Redis'],
  [/amqps?:\/\//i, 'an address of an AMQP broker'],
  [/(?:kafka|nats|mqtts?|stomp):\/\/|bootstrap[._-]?servers?["']? ?[=:]/i, 'an address of a message broker'],
  [/sqs\.[a-z0-9-]{1,40}\.amazonaws\.com|\.queue\.amazonaws\.com|arn:aws[a-z-]{0,10}:sqs:/i, 'a queue of Amazon SQS'],
  [/(?:aws_secret_access_key|AWS_ACCESS_KEY_ID)/i, 'a key of Amazon Web Services'],
  [/"type": ?"service_account"|pubsub\.googleapis\.com/i, 'a key or an address of Google Cloud'],
];

/** Names the other service that a text belongs to; undefined for all other texts. */
export function foreignMessage(text: string): string | undefined {
  if (/@Microsoft\.KeyVault\(/i.test(text)) {
    return 'This is a reference to a secret in Key Vault. Open the secret there and paste its value.';
  }
  const service = SERVICES.find(([pattern]) => pattern.test(text))?.[1];
  const kind = /^["']?https?:\/\/[^\s;]{1,2000}$/i.test(text) ? 'an address' : 'a connection string';
  const what = service ? `${kind} of ${service}` : OTHERS.find(([pattern]) => pattern.test(text))?.[1];
  return what && `This is ${what}. Queuescope works with Azure Queue Storage.`;
}

/** True for the address of a Cosmos DB account, whose strings for tables look like those of a storage account. */
export const isCosmosAddress = (address: string): boolean =>
  /\.(?:table\.)?cosmos\.azure\.(?:com|cn|us)/i.test(address);
