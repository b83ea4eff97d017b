import { expect, it } from 'vitest';
import { isAccessToken } from './access-token.js';

const claims = {
  iss: 'https://issuer.example',
  sub: 'rita',
  aud: 'api',
  azp: 'console',
  scp: 'access',
  roles: ['Reader'],
};
const { azp: _, scp: __, ...bare } = claims;

it.each([
  ['of Entra ID, for a person', { typ: 'JWT' }, claims],
  ['of Entra ID, for an application', { typ: 'JWT' }, { ...bare, azp: 'runner' }],
  ['of Entra ID v1', { typ: 'JWT' }, { ...bare, appid: 'runner' }],
  ['as RFC 9068 has it', { typ: 'at+jwt' }, { ...bare, client_id: 'console', scope: 'api' }],
  ['of Keycloak', { typ: 'JWT' }, { ...claims, typ: 'Bearer' }],
])('accepts an access token %s', (_name, header, payload) => {
  expect(isAccessToken(header, payload)).toBe(true);
});

it.each([
  ['an ID token of Entra ID', { typ: 'JWT' }, bare],
  ['an ID token of a sign-in with a nonce', { typ: 'JWT' }, { ...claims, nonce: 'n' }],
  ['an ID token of a hybrid sign-in', { typ: 'JWT' }, { ...claims, at_hash: 'h' }],
  ['an ID token of Keycloak', { typ: 'JWT' }, { ...claims, typ: 'ID' }],
  ['an ID token of Cognito', { typ: 'JWT' }, { ...claims, token_use: 'id' }],
  ['a logout token', { typ: 'logout+jwt' }, claims],
  ['a logout token without a type', {}, { ...claims, events: {} }],
  ['a client assertion', { typ: 'JWT' }, { ...claims, iss: 'console', sub: 'console' }],
  ['a typed client assertion', { typ: 'client-authentication+jwt' }, claims],
])('refuses %s', (_name, header, payload) => {
  expect(isAccessToken(header, payload)).toBe(false);
});
