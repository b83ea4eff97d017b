export * from './admin-service.js';
export * from './environment.js';
export * from './options.js';
export * from './sign-in/bearer.js';
export * from './sign-in/negotiate.js';
export * from './sign-in/sign-in.js';
