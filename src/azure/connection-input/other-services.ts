/** Patterns of other services' texts, and what to tell who pastes one. */
const FOREIGN: readonly [pattern: RegExp, message: string][] = [
  [
    /@Microsoft\.KeyVault\(/i,
    'This is a reference to a secret in Key Vault. Open the secret there and paste its value.',
  ],
  [
    /AccountEndpoint ?=|\.documents\.azure\./i,
    'This is a connection string of Azure Cosmos DB. Queuescope works with Azure Queue Storage.',
  ],
  [/\.azure-devices\.net/i, 'This is a connection string of Azure IoT Hub. Queuescope works with Azure Queue Storage.'],
  [
    /Endpoint ?= ?sb:\/\/|\.servicebus\.(?:windows\.net|chinacloudapi\.cn|usgovcloudapi\.net)/i,
    'This is a connection string of Azure Service Bus or Event Hubs. Queuescope works with Azure Queue Storage.',
  ],
  [
    /InstrumentationKey ?=/i,
    'This is a connection string of Application Insights. Queuescope works with Azure Queue Storage.',
  ],
  [
    /(?:Server|Data Source) ?= ?[^;\n]{1,200};|(?:mongodb(?:\+srv)?|postgres(?:ql)?|mysql|redis|rediss):\/\//i,
    'This is a connection string of a database. Queuescope works with Azure Queue Storage.',
  ],
  [/amqps?:\/\//i, 'This is an address of an AMQP broker. Queuescope works with Azure Queue Storage.'],
  [
    /sqs\.[a-z0-9-]{1,40}\.amazonaws\.com/i,
    'This is a queue of Amazon SQS. Queuescope works with Azure Queue Storage.',
  ],
];

/** Names the other service that a text belongs to; undefined for all other texts. */
export const foreignMessage = (text: string): string | undefined =>
  FOREIGN.find(([pattern]) => pattern.test(text))?.[1];
