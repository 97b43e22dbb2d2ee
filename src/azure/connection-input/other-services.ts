/** Patterns of other services' texts, and what such a text is. */
const FOREIGN: readonly [pattern: RegExp, what: string][] = [
  [/AccountEndpoint ?=|\.documents\.azure\./i, 'a connection string of Azure Cosmos DB'],
  [/\.azure-devices\.net/i, 'a connection string of Azure IoT Hub'],
  [
    /Endpoint ?= ?sb:\/\/|\.servicebus\.(?:windows\.net|chinacloudapi\.cn|usgovcloudapi\.net)/i,
    'a connection string of Azure Service Bus or Event Hubs',
  ],
  [/InstrumentationKey ?=/i, 'a connection string of Application Insights'],
  [
    /(?:Server|Data Source) ?= ?[^;\n]{1,200};|(?:mongodb(?:\+srv)?|postgres(?:ql)?|mysql|redis|rediss):\/\//i,
    'a connection string of a database',
  ],
  [/amqps?:\/\//i, 'an address of an AMQP broker'],
  [/sqs\.[a-z0-9-]{1,40}\.amazonaws\.com/i, 'a queue of Amazon SQS'],
];

/** Names the other service that a text belongs to; undefined for all other texts. */
export function foreignMessage(text: string): string | undefined {
  if (/@Microsoft\.KeyVault\(/i.test(text)) {
    return 'This is a reference to a secret in Key Vault. Open the secret there and paste its value.';
  }
  const what = FOREIGN.find(([pattern]) => pattern.test(text))?.[1];
  return what && `This is ${what}. Queuescope works with Azure Queue Storage.`;
}
