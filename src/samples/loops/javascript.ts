import type { Dialect } from './program';

/** `@azure/storage-queue`. An update without a text sends no body. */
export const javascript: Dialect = {
  indent: '  ',
  head: (program) => [
    ...(program === 'worker' || program === 'poison' ? ['import { setTimeout } from "node:timers/promises";'] : []),
    'import { DefaultAzureCredential } from "@azure/identity";',
    'import { QueueServiceClient } from "@azure/storage-queue";',
    '',
    'const account = new QueueServiceClient(',
    '  "https://<account>.queue.core.windows.net",',
    '  new DefaultAzureCredential(),',
    ');',
    'const queue = account.getQueueClient("orders");',
    ...(program === 'poison' ? ['const poison = account.getQueueClient("orders-poison");'] : []),
    '',
  ],
  loop: { begin: 'while (true) {', end: '}' },
  when: {
    found: () => ({ begin: 'if (message) {', otherwise: '} else {', end: '}' }),
    tooOften: ({ tries }) => ({ begin: `if (message.dequeueCount > ${tries}) {`, otherwise: '} else {', end: '}' }),
    isNew: () => ({ begin: 'if (!JSON.parse(message.messageText).done) {', end: '}' }),
    isAtWork: () => ({ begin: 'for (const part of partsOf(message.messageText)) {', end: '}' }),
  },
  stages: {
    create: () => ['await queue.create();'],
    send: () => [`await queue.sendMessage('{"order":1001}');`],
    peek: () => ['console.log((await queue.peekMessages({ numberOfMessages: 32 })).peekedMessageItems);'],
    peekAgain: () => ['console.log((await queue.peekMessages({ numberOfMessages: 32 })).peekedMessageItems);'],
    count: () => ['console.log((await queue.getProperties()).approximateMessagesCount);'],
    receive: ({ vis }, program) => [
      `const answer = await queue.receiveMessages({ visibilityTimeout: ${vis} });`,
      'const [message] = answer.receivedMessageItems;',
      ...(keepsReceipt(program) ? ['let receipt = message?.popReceipt;'] : []),
    ],
    wait: () => ['await setTimeout(1000);'],
    work: (_, program) => [program === 'extend' ? 'await charge(part);' : 'await charge(message.messageText);'],
    extend: ({ vis }) => [
      'receipt = (await queue.updateMessage(',
      `  message.messageId, receipt, undefined, ${vis})).popReceipt;`,
    ],
    note: ({ vis }) => [
      'const order = JSON.parse(message.messageText);',
      'const note = JSON.stringify({ ...order, done: "1 of 3" });',
      'receipt = (await queue.updateMessage(',
      `  message.messageId, receipt, note, ${vis})).popReceipt;`,
    ],
    copy: () => ['await poison.sendMessage(message.messageText);'],
    moved: () => ['await queue.deleteMessage(message.messageId, message.popReceipt);'],
    delete: (_, program) => [
      `await queue.deleteMessage(message.messageId, ${keepsReceipt(program) ? 'receipt' : 'message.popReceipt'});`,
    ],
    redrive: () => [
      '// By hand, once the reason is gone:',
      'for (const message of (await poison.receiveMessages()).receivedMessageItems) {',
      '  await queue.sendMessage(message.messageText);',
      '  await poison.deleteMessage(message.messageId, message.popReceipt);',
      '}',
    ],
  },
};

const keepsReceipt = (program: string): boolean => program === 'extend' || program === 'note';
