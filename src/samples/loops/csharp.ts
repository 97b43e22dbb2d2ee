import type { Dialect } from './program';

/** `Azure.Storage.Queues`. An update without a text sends no body. */
export const csharp: Dialect = {
  indent: '    ',
  head: (program) => [
    ...(program === 'note' ? ['using System.Text.Json.Nodes;'] : []),
    'using Azure.Identity;',
    'using Azure.Storage.Queues;',
    'using Azure.Storage.Queues.Models;',
    '',
    'var account = new QueueServiceClient(',
    '    new Uri("https://<account>.queue.core.windows.net"),',
    '    new DefaultAzureCredential());',
    'var queue = account.GetQueueClient("orders");',
    ...(program === 'poison' ? ['var poison = account.GetQueueClient("orders-poison");'] : []),
    '',
  ],
  loop: { begin: 'while (true) {', end: '}' },
  when: {
    found: () => ({ begin: 'if (message != null) {', otherwise: '} else {', end: '}' }),
    tooOften: ({ tries }) => ({ begin: `if (message.DequeueCount > ${tries}) {`, otherwise: '} else {', end: '}' }),
    isNew: () => ({ begin: 'if (JsonNode.Parse(message.MessageText)["done"] == null) {', end: '}' }),
    isAtWork: () => ({ begin: 'foreach (var part in PartsOf(message.MessageText)) {', end: '}' }),
  },
  stages: {
    create: () => ['await queue.CreateAsync();'],
    send: () => ['await queue.SendMessageAsync("{\\"order\\":1001}");'],
    peek: () => [
      'foreach (var peeked in (await queue.PeekMessagesAsync(maxMessages: 32)).Value)',
      '    Console.WriteLine(peeked.MessageText);',
    ],
    peekAgain: () => [
      'foreach (var peeked in (await queue.PeekMessagesAsync(maxMessages: 32)).Value)',
      '    Console.WriteLine(peeked.MessageText);',
    ],
    count: () => ['Console.WriteLine((await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);'],
    receive: ({ vis }, program) => [
      'QueueMessage message = await queue.ReceiveMessageAsync(',
      `    visibilityTimeout: TimeSpan.FromSeconds(${vis}));`,
      ...(keepsReceipt(program) ? ['var receipt = message?.PopReceipt;'] : []),
    ],
    wait: () => ['await Task.Delay(1000);'],
    work: (_, program) => [program === 'extend' ? 'await Charge(part);' : 'await Charge(message.MessageText);'],
    extend: ({ vis }) => [
      'receipt = (await queue.UpdateMessageAsync(message.MessageId, receipt,',
      `    visibilityTimeout: TimeSpan.FromSeconds(${vis}))).Value.PopReceipt;`,
    ],
    note: ({ vis }) => [
      'var order = JsonNode.Parse(message.MessageText);',
      'order["done"] = "1 of 3";',
      'receipt = (await queue.UpdateMessageAsync(message.MessageId, receipt, order.ToJsonString(),',
      `    visibilityTimeout: TimeSpan.FromSeconds(${vis}))).Value.PopReceipt;`,
    ],
    copy: () => ['await poison.SendMessageAsync(message.MessageText);'],
    moved: () => ['await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);'],
    delete: (_, program) => [
      `await queue.DeleteMessageAsync(message.MessageId, ${keepsReceipt(program) ? 'receipt' : 'message.PopReceipt'});`,
    ],
    redrive: () => [
      '// By hand, once the reason is gone:',
      'foreach (var old in (await poison.ReceiveMessagesAsync(maxMessages: 1)).Value) {',
      '    await queue.SendMessageAsync(old.MessageText);',
      '    await poison.DeleteMessageAsync(old.MessageId, old.PopReceipt);',
      '}',
    ],
  },
};

const keepsReceipt = (program: string): boolean => program === 'extend' || program === 'note';
