<?php
// Calls JAMS with PHP's SoapClient, as generated from the WSDL. Prints one JSON object.
// php client.php WSDL USER PASSWORD JOB VERSION(1.1|1.2)
[, $wsdl, $user, $password, $job, $version] = $argv;
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';

// SoapClient knows the operations of a WSDL by their bare names, so it is given one service at a time.
function service(string $family, string $word): SoapClient
{
    global $wsdl, $user, $version;
    $options = ['cache_wsdl' => WSDL_CACHE_NONE, 'soap_version' => $version === '1.2' ? SOAP_1_2 : SOAP_1_1];
    if ($version === '1.1') {
        return new SoapClient("$wsdl=$family", $options + ['login' => $user, 'password' => $word]);
    }
    $client = new SoapClient("$wsdl=$family", $options);
    $token = '<w:Security xmlns:w="' . WSSE . '"><w:UsernameToken><w:Username>' . htmlspecialchars($user)
        . '</w:Username><w:Password>' . htmlspecialchars($word) . '</w:Password></w:UsernameToken></w:Security>';
    $client->__setSoapHeaders(new SoapHeader(WSSE, 'Security', new SoapVar($token, XSD_ANYXML), true));
    return $client;
}

function refusal(SoapClient $entries, int $id, string $operation = 'Get'): string
{
    try {
        $entries->$operation(['Id' => $id]);
    } catch (SoapFault $fault) {
        return get_class($fault) . ' ' . $fault->detail->JAMSFault->Code;
    }
    return 'none';
}

$entries = service('Entry', $password);
$answer = service('Submit', $password)->SubmitJob([
    'Name' => $job, 'Parameters' => [['Name' => 'who', 'Value' => 'PHP <&> ü']], 'Note' => null,
]);
$id = $answer->SubmitResult->JamsEntry;
do {
    $entry = $entries->Wait(['Id' => $id, 'Timeout' => 20])->Entry;
} while ($entry->CurrentState !== 'Complete');
$found = $entries->Find(['State' => ['Complete']])->Entry;
$later = service('Submit', $password)->SubmitJob(['Name' => $job, 'After' => '2099-12-31T23:00:00.5+01:00'])
    ->SubmitResult->JamsEntry;
$first = $entries->Find(['Limit' => 1])->Entry;
$second = $entries->Find(['Limit' => 1, 'Before' => $first->JamsEntry])->Entry;
$entries->Hold(['Id' => $later, 'Comment' => 'month end']);
$held = $entries->Get(['Id' => $later])->Entry->Held;
$entries->Release(['Id' => $later]);
echo json_encode([
    'listed' => in_array($id, array_column(is_array($found) ? $found : [$found], 'JamsEntry')),
    'held' => $held, 'released' => !$entries->Get(['Id' => $later])->Entry->Held,
    'state' => refusal($entries, $id, 'Hold'),
    'severity' => $entry->FinalSeverity,
    'log' => $entries->GetLog(['Id' => $id])->LogPart->Text,
    'paged' => $second->JamsEntry < $first->JamsEntry,
    'missing' => refusal($entries, 999999),
    'refused' => refusal(service('Entry', 'wrong'), $id),
]), "\n";
