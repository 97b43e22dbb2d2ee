import type { CorsRule } from '../protocol/model';

/** Lets the page at `origin` do all that this app does, and no other page anything. */
export const ruleFor = (origin: string): CorsRule => ({
  allowedOrigins: [origin],
  allowedMethods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'],
  allowedHeaders: ['*'],
  exposedHeaders: ['*'],
  // Chromium keeps no answer longer.
  maxAge: 7200,
});
