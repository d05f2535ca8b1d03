// Calls JAMS with the npm package soap, as generated from the WSDL. Prints one JSON object.
// node client.js WSDL USER PASSWORD JOB VERSION(1.1|1.2)
'use strict';
const soap = require('soap');

async function main([wsdl, user, password, job, version]) {
  const twelve = version === '1.2';
  const client = await soap.createClientAsync(wsdl, { forceSoap12Headers: twelve });
  const login = (word) => (twelve
    ? new soap.WSSecurity(user, word, { hasTimeStamp: true, passwordType: 'PasswordText' })
    : new soap.BasicAuthSecurity(user, word));
  const call = async (service, operation, args) => {
    const port = client[service][service + (twelve ? 'Soap12' : 'Soap11')];
    return new Promise((resolve, reject) => {
      port[operation](args, (error, result) => (error ? reject(error) : resolve(result)));
    });
  };
  const refusal = async (id, operation = 'Get') => {
    try {
      await call('Entry', operation, { Id: id });
    } catch (error) {
      const fault = error.root.Envelope.Body.Fault;
      return `${error.constructor.name} ${(fault.detail || fault.Detail).JAMSFault.Code}`;
    }
    return 'none';
  };

  client.setSecurity(login(password));
  const answer = await call('Submit', 'SubmitJob', {
    Name: job, Parameters: [{ Name: 'who', Value: 'Nöde <&>' }],
  });
  const id = Number(answer.SubmitResult.JamsEntry);
  let entry;
  do {
    entry = (await call('Entry', 'Wait', { Id: id, Timeout: 20 })).Entry;
  } while (entry.CurrentState !== 'Complete');
  const part = (await call('Entry', 'GetLog', { Id: id })).LogPart;
  const found = (await call('Entry', 'Find', { State: ['Complete'] })).Entry;
  const later = (await call('Submit', 'SubmitJob', { Name: job, After: '2099-12-31T23:00:00.5+01:00' })).SubmitResult.JamsEntry;
  const first = (await call('Entry', 'Find', { Limit: 1 })).Entry; // of a list of one the package makes an object
  const second = (await call('Entry', 'Find', { Limit: 1, Before: first.JamsEntry })).Entry;
  const paged = Number(second.JamsEntry) < Number(first.JamsEntry);
  await call('Entry', 'Hold', { Id: later, Comment: 'month end' });
  const held = String((await call('Entry', 'Get', { Id: later })).Entry.Held) === 'true';
  await call('Entry', 'Release', { Id: later });
  const released = String((await call('Entry', 'Get', { Id: later })).Entry.Held) === 'false';
  const listed = found.some((each) => Number(each.JamsEntry) === id);
  const missing = await refusal(999999);
  const state = await refusal(id, 'Hold');
  client.setSecurity(login('wrong'));
  console.log(JSON.stringify({
    severity: entry.FinalSeverity, log: part.Text, listed, paged, held, released, missing, state, refused: await refusal(id),
  }));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message, error.body || '');
  process.exit(1);
});
