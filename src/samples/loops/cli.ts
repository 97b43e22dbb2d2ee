import type { Dialect } from './program';

/** Azure CLI in bash. */
export const cli: Dialect = {
  indent: '  ',
  head: (program) => [
    'export AZURE_STORAGE_ACCOUNT="<account>" AZURE_STORAGE_AUTH_MODE=login',
    ...(program === 'first' ? [] : ['']),
  ],
  loop: { begin: 'while true; do', end: 'done' },
  when: {
    found: () => ({ begin: 'if [ -n "$id" ]; then', otherwise: 'else', end: 'fi' }),
    tooOften: ({ tries }) => ({ begin: `if [ "$count" -gt ${tries} ]; then`, otherwise: 'else', end: 'fi' }),
    isNew: () => ({ begin: `if ! [[ $text = *'"done"'* ]]; then`, end: 'fi' }),
    isAtWork: () => ({ begin: 'for part in $(parts_of "$text"); do', end: 'done' }),
  },
  stages: {
    create: () => ['az storage queue create --name orders'],
    send: () => [`az storage message put --queue-name orders --content '{"order":1001}'`],
    peek: () => ['az storage message peek --queue-name orders --num-messages 32'],
    peekAgain: () => ['az storage message peek --queue-name orders --num-messages 32'],
    count: () => ['# Azure CLI has no command that shows the count: see curl.'],
    receive: ({ vis }) => [
      `IFS=$'\\t' read -r id receipt count text < <(az storage message get --queue-name orders \\`,
      `  --visibility-timeout ${vis} --query '[].[id, popReceipt, dequeueCount, content]' --output tsv)`,
    ],
    wait: () => ['sleep 1'],
    work: (_, program) => [program === 'extend' ? 'charge "$part"' : 'charge "$text"'],
    extend: ({ vis }) => [
      'receipt=$(az storage message update --queue-name orders --id "$id" --pop-receipt "$receipt" \\',
      `  --visibility-timeout ${vis} --query popReceipt --output tsv)`,
    ],
    note: ({ vis }) => [
      'receipt=$(az storage message update --queue-name orders --id "$id" --pop-receipt "$receipt" \\',
      `  --content "\${text%\\}},\\"done\\":\\"1 of 3\\"}" --visibility-timeout ${vis} --query popReceipt --output tsv)`,
    ],
    copy: () => ['az storage message put --queue-name orders-poison --content "$text"'],
    moved: () => ['az storage message delete --queue-name orders --id "$id" --pop-receipt "$receipt"'],
    delete: () => ['az storage message delete --queue-name orders --id "$id" --pop-receipt "$receipt"'],
    redrive: () => [
      '# By hand, once the reason is gone:',
      `IFS=$'\\t' read -r id receipt text < <(az storage message get --queue-name orders-poison \\`,
      `  --query '[].[id, popReceipt, content]' --output tsv)`,
      'az storage message put --queue-name orders --content "$text"',
      'az storage message delete --queue-name orders-poison --id "$id" --pop-receipt "$receipt"',
    ],
  },
};
