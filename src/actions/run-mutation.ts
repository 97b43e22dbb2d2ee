import type { MutationOptions, QueryClient } from '@tanstack/react-query';

/**
 * Runs a mutation that must finish although the component that started it may be gone, such as a delete held back for
 * Undo. The cache's own rule (invalidate what the key names) applies as to any other.
 */
export const runMutation = <Data, Failure, Variables, Result>(
  client: QueryClient,
  options: MutationOptions<Data, Failure, Variables, Result>,
  variables: Variables,
): Promise<Data> => client.getMutationCache().build(client, options).execute(variables);
