# Calls JAMS with soap4r, whose driver comes from the WSDL. Prints one JSON object.
# ruby client.rb WSDL USER PASSWORD JOB; SOAP 1.1, because soap4r knows no other.
require 'json'
require 'soap/wsdlDriver'

wsdl, user, password, job = ARGV

def service(wsdl, family, *login)
  driver = SOAP::WSDLDriverFactory.new("#{wsdl}=#{family}").create_rpc_driver(family, "#{family}Soap11")
  driver.options['protocol.http.auth'] << [wsdl.delete_suffix('?wsdl'), *login] unless login.empty?
  driver
end

def code
  yield
  'none'
rescue SOAP::FaultError => fault
  "#{fault.class} #{fault.detail.jAMSFault.code}"
rescue StandardError => error
  "#{error.class} #{error.message[/\d+/]}"
end

entries = service(wsdl, 'Entry', user, password)
submit = service(wsdl, 'Submit', user, password)
id = submit.submitJob('Name' => job, 'Parameters' => [{ 'Name' => 'who', 'Value' => 'Ruby <&> ü' }]).submitResult.jamsEntry
begin
  entry = entries.wait('Id' => id, 'Timeout' => 20).entry
end until entry.currentState == 'Complete'
log = entries.getLog('Id' => id).logPart.text
found = entries.find('State' => 'Complete').entry
later = submit.submitJob('Name' => job, 'After' => '2099-12-31T23:00:00.5+01:00').submitResult.jamsEntry
first = entries.find('Limit' => 1).entry
second = entries.find('Limit' => 1, 'Before' => first.jamsEntry).entry
entries.hold('Id' => later, 'Comment' => 'month end')
held = entries.get('Id' => later).entry.held
entries.release('Id' => later)
released = entries.get('Id' => later).entry.held
stranger = service(wsdl, 'Entry')
puts JSON.generate(
  severity: entry.finalSeverity, log: log, listed: [found].flatten.any? { |each| each.jamsEntry.to_s == id.to_s },
  held: held.to_s == 'true', released: released.to_s == 'false',
  paged: second.jamsEntry.to_i < first.jamsEntry.to_i,
  missing: code { entries.get('Id' => 999_999) }, state: code { entries.hold('Id' => id) },
  refused: code { stranger.get('Id' => id) }
)
