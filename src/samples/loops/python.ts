import type { Dialect } from './program';

/** `azure-storage-queue`. An update by id and receipt sends no text unless it is given one. */
export const python: Dialect = {
  indent: '    ',
  head: (program) => [
    ...(program === 'worker' || program === 'poison' ? ['import time'] : []),
    ...(program === 'note' ? ['import json'] : []),
    'from azure.identity import DefaultAzureCredential',
    'from azure.storage.queue import QueueClient',
    '',
    'account = "https://<account>.queue.core.windows.net"',
    'credential = DefaultAzureCredential()',
    'queue = QueueClient(',
    '    account, "orders", credential=credential)',
    ...(program === 'poison' ? ['poison = QueueClient(', '    account, "orders-poison", credential=credential)'] : []),
    '',
  ],
  loop: { begin: 'while True:' },
  when: {
    found: () => ({ begin: 'if message:', otherwise: 'else:' }),
    tooOften: ({ tries }) => ({ begin: `if message.dequeue_count > ${tries}:`, otherwise: 'else:' }),
    isNew: () => ({ begin: 'if "done" not in json.loads(message.content):' }),
    isAtWork: () => ({ begin: 'for part in parts_of(message.content):' }),
  },
  stages: {
    create: () => ['queue.create_queue()'],
    send: () => [`queue.send_message('{"order":1001}')`],
    peek: () => ['print(queue.peek_messages(max_messages=32))'],
    peekAgain: () => ['print(queue.peek_messages(max_messages=32))'],
    count: () => ['properties = queue.get_queue_properties()', 'print(properties.approximate_message_count)'],
    receive: ({ vis }, program) => [
      'message = queue.receive_message(',
      `    visibility_timeout=${vis})`,
      ...(keepsReceipt(program) ? ['receipt = message and message.pop_receipt'] : []),
    ],
    wait: () => ['time.sleep(1)'],
    work: (_, program) => [program === 'extend' ? 'charge(part)' : 'charge(message.content)'],
    extend: ({ vis }) => [
      'receipt = queue.update_message(',
      '    message.id, receipt,',
      `    visibility_timeout=${vis}).pop_receipt`,
    ],
    note: ({ vis }) => [
      'order = json.loads(message.content)',
      'note = json.dumps({**order, "done": "1 of 3"})',
      'receipt = queue.update_message(',
      '    message.id, receipt, content=note,',
      `    visibility_timeout=${vis}).pop_receipt`,
    ],
    copy: () => ['poison.send_message(message.content)'],
    moved: () => ['queue.delete_message(message)'],
    delete: (_, program) => [
      keepsReceipt(program) ? 'queue.delete_message(message.id, receipt)' : 'queue.delete_message(message)',
    ],
    redrive: () => [
      '# By hand, once the reason is gone:',
      'for message in poison.receive_messages(max_messages=1):',
      '    queue.send_message(message.content)',
      '    poison.delete_message(message)',
    ],
  },
};

const keepsReceipt = (program: string): boolean => program === 'extend' || program === 'note';
