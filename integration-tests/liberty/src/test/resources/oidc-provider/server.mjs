// oidc-provider on free ports of the loopback interface. The first line of the input says which clients there are, and
// where our certificates are; the first line of the output names the ports, and tokens of alice. Ends with its input.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import Provider, { errors } from 'oidc-provider';

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

console.info = console.error; // the output is for the first line alone

const [line] = await once(createInterface({ input: process.stdin }), 'line');
const known = JSON.parse(line);
process.stdin.on('end', () => process.exit(0));

const server = createServer();
const tlsServer = createTlsServer({
  pfx: readFileSync(known.tls.store),
  passphrase: known.tls.password,
  ca: known.tls.trusted,
  requestCert: true,
  rejectUnauthorized: false, // most clients have no certificate
});
await Promise.all([server, tlsServer].map((one) => once(one.listen(0, '127.0.0.1'), 'listening')));

const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
  clients: known.clients,
  scopes: ['openid', 'offline_access', 'user', 'admin'],
  rotateRefreshToken: true,
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'tls_client_auth', 'none'],
  findAccount: (ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    revocation: { enabled: true },
    mTLS: {
      enabled: true,
      tlsClientAuth: true,
      getCertificate: (ctx) => ctx.socket.getPeerX509Certificate?.(),
      certificateAuthorized: (ctx) => ctx.socket.authorized,
      certificateSubjectMatches: (ctx, property, expected) =>
        property === 'tls_client_auth_subject_dn' && ctx.socket.getPeerX509Certificate().subject === expected,
    },
  },
});

async function grant(clientId, scope) {
  const given = new provider.Grant({ clientId, accountId: 'alice' });
  given.addOIDCScope(scope);
  return given.save();
}

// RFC 8693, which oidc-provider leaves to whoever runs it: alice's token for one of the client's own.
provider.registerGrantType(TOKEN_EXCHANGE, async (ctx) => {
  const { subject_token: text, subject_token_type: type } = ctx.oidc.params;
  const subject = type === ACCESS_TOKEN && (await provider.AccessToken.find(text));
  if (!subject) {
    throw new errors.InvalidGrant('the subject token is not ours');
  }
  const token = new provider.AccessToken({
    accountId: subject.accountId,
    client: ctx.oidc.client,
    grantId: await grant(ctx.oidc.client.clientId, 'user admin'),
    gty: 'token_exchange',
    scope: 'user admin',
  });
  ctx.body = {
    access_token: await token.save(),
    issued_token_type: ACCESS_TOKEN,
    token_type: 'Bearer',
    expires_in: token.expiration,
    scope: token.scope,
  };
}, new Set(['subject_token', 'subject_token_type', 'requested_token_type', 'audience', 'resource', 'scope']));

server.on('request', provider.callback());
tlsServer.on('request', provider.callback());

// As if alice had logged in at the client "web".
const client = await provider.Client.find('web');
const scope = 'openid offline_access user';
const login = { accountId: 'alice', client, grantId: await grant('web', scope), gty: 'authorization_code' };
const refreshToken = await new provider.RefreshToken({ ...login, scope }).save();
const accessToken = await new provider.AccessToken({ ...login, scope: 'user' }).save();
console.log(JSON.stringify({
  port: server.address().port,
  tlsPort: tlsServer.address().port,
  refreshToken,
  accessToken,
}));
