// An OpenID provider for tests: node provider.mjs '{"port": …, "certificate": …, "key": …, "jwks": …}'
// Everybody is let in as whom login_hint names, without being asked for anything.
import { createServer } from 'node:https';
import { readFileSync } from 'node:fs';
import Provider from 'oidc-provider';

const given = JSON.parse(process.argv[2]);
const issuer = `https://localhost:${given.port}`;
const people = {
  olga: { preferred_username: 'olga', groups: ['Loaders', 'Night shift'] },
  robot: { preferred_username: 'robot', groups: ['Robots'] },
  nameless: {},
};
const jams = 'https://jams.example.com';

const provider = new Provider(issuer, {
  jwks: given.jwks,
  cookies: { keys: ['of a test'] },
  clients: [
    {
      client_id: 'jamswebclient',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/callback'],
      grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
      response_types: ['code'],
    },
    {
      client_id: 'robot',
      client_secret: 'a secret of a robot',
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
    },
  ],
  claims: { openid: ['sub'], profile: ['preferred_username'], groups: ['groups'] },
  scopes: ['openid', 'profile', 'groups'],
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    deviceFlow: { enabled: given.device !== false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, resource) => ({
        scope: 'run',
        audience: resource,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
  extraTokenClaims: (_, token) => people[token.accountId ?? token.clientId],
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
});

async function interact(request, response) {
  const { params, prompt, session } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    const result = { login: { accountId: params.login_hint ?? 'olga' } };
    return provider.interactionFinished(request, response, result);
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const result = { consent: { grantId: await grant.save() } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
}

const serve = provider.callback();
const tls = { cert: readFileSync(given.certificate), key: readFileSync(given.key) };
createServer(tls, (request, response) => {
  if (!request.url.startsWith('/interaction/')) return serve(request, response);
  return interact(request, response).catch((error) => {
    response.statusCode = 500;
    response.end(String(error));
  });
}).listen(given.port, '127.0.0.1', () => console.log('ready'));
