// A certified provider of sign-ins on sockets of this machine, in three shapes: Google's, Microsoft's and a plain one.
// In, one line: {accounts: {name: {claim: value}}, client: {id, secret}, port?}. Out, one line: {google, microsoft, plain, control}: addresses.
// control: POST {account: {name: claims | null}} changes or closes one, {rotate: true} signs with another key from now on,
// {down: true | false} hangs up on everybody.
import {createServer} from 'node:http';
import {createInterface} from 'node:readline';
import {generateKeyPairSync, randomBytes} from 'node:crypto';
import Provider, {interactionPolicy} from 'oidc-provider';

console.warn = console.info = () => {};
const [line] = await new Promise(resolve => createInterface({input: process.stdin}).once('line', text => resolve([text])));
const {accounts, client} = JSON.parse(line);
const SHAPES = {
  google: {openid: ['sub', 'hd'], email: ['email', 'email_verified'], profile: ['name', 'given_name', 'family_name']},
  microsoft: {openid: ['sub', 'tid', 'oid', 'idp', 'acct'], email: ['email'], profile: ['name', 'preferred_username']},
  plain: {openid: ['sub'], email: ['email', 'email_verified'], profile: ['name']},
};
let keys = [newKey()];
let down = false;

function newKey() {
  const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
  return {...privateKey.export({format: 'jwk'}), kid: randomBytes(6).toString('hex'), alg: 'RS256', use: 'sig'};
}

const page = (title, body) => `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1>${body}</html>`;
const form = (uid, hint) => page('Sign in there', `<form method="post" action="/interaction/${uid}">
<label for="account">Account</label> <input id="account" name="account" value="${hint.replace(/[^\w@.-]/g, '')}">
<button name="do" value="sign-in">Sign in</button> <button name="do" value="cancel">Cancel</button></form>`);

function make(shape, issuer) {
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({name: 'select_account', requestable: true}), 0);
  const provider = new Provider(issuer, {
    clients: [{
      client_id: client.id, client_secret: client.secret, redirect_uris: ['https://never.example/'],
      grant_types: ['authorization_code', 'refresh_token'],
    }],
    claims: SHAPES[shape],
    conformIdTokenClaims: shape === 'plain', // then only the userinfo endpoint tells who it is
    features: {devInteractions: {enabled: false}},
    scopes: ['openid', 'offline_access'],
    issueRefreshToken: () => true,
    rotateRefreshToken: shape === 'microsoft',
    pkce: {required: () => true},
    jwks: {keys},
    cookies: {keys: ['tests'], names: {session: `${shape}_session`, interaction: `${shape}_i`, resume: `${shape}_r`}},
    ttl: {AccessToken: 3600, AuthorizationCode: 60, IdToken: 3600, RefreshToken: 86400, Grant: 86400, Interaction: 600, Session: 86400},
    interactions: {policy, url: (ctx, interaction) => `/interaction/${interaction.uid}`},
    findAccount: (ctx, id) => accounts[id] && {
      accountId: id, claims: () => ({sub: id, ...accounts[id]}),
    },
    async loadExistingGrant(ctx) {
      const id = ctx.oidc.result?.consent?.grantId ?? ctx.oidc.session.grantIdFor(ctx.oidc.client.clientId);
      if(id) {
        return ctx.oidc.provider.Grant.find(id);
      }
      const grant = new ctx.oidc.provider.Grant({clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId});
      grant.addOIDCScope('openid email profile offline_access');
      await grant.save();
      return grant;
    },
  });
  provider.Client.prototype.redirectUriAllowed = uri => ['127.0.0.1', 'localhost'].includes(new URL(uri).hostname);
  return provider;
}

const body = request => new Promise(resolve => {
  let text = '';
  request.on('data', piece => { text += piece; }).on('end', () => resolve(text));
});

async function interact(provider, request, response) {
  const {uid, params, prompt} = await provider.interactionDetails(request, response);
  const asks = prompt.name !== 'consent';
  if(request.method !== 'POST' && asks) {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    return response.end(form(uid, params.login_hint ?? ''));
  }
  const typed = new URLSearchParams(await body(request));
  if(typed.get('do') === 'cancel') {
    return provider.interactionFinished(request, response, {error: 'access_denied', error_description: 'cancelled'});
  }
  const result = asks ? {select_account: {}, login: {accountId: typed.get('account'), remember: true}} : {consent: {}};
  return provider.interactionFinished(request, response, result, {mergeWithLastSubmission: !asks});
}

const said = {};
const made = {};
for(const shape of Object.keys(SHAPES)) {
  const server = createServer((request, response) => {
    if(down) {
      return request.socket.destroy();
    }
    const provider = made[shape];
    if(request.url.startsWith('/interaction/')) {
      return interact(provider, request, response).catch(fault => { response.statusCode = 400; response.end(fault.message); });
    }
    return provider.callback()(request, response);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  said[shape] = `http://127.0.0.1:${server.address().port}`;
  made[shape] = make(shape, said[shape]);
}

const control = createServer(async (request, response) => {
  const wish = JSON.parse(await body(request));
  for(const [name, claims] of Object.entries(wish.account ?? {})) {
    claims ? accounts[name] = claims : delete accounts[name];
  }
  if(wish.rotate) {
    keys = [newKey()];
    Object.keys(made).forEach(shape => { made[shape] = make(shape, said[shape]); });
  }
  down = wish.down ?? down;
  response.end('{}');
});
await new Promise(resolve => control.listen(0, '127.0.0.1', resolve));
said.control = `http://127.0.0.1:${control.address().port}`;
process.stdout.write(`${JSON.stringify(said)}\n`);
process.stdin.on('end', () => process.exit(0)).resume(); // with whoever started it
