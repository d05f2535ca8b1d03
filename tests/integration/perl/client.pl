# Calls JAMS with SOAP::Lite, which reads no WSDL of this style: it is told namespaces. Prints one JSON object.
# perl client.pl ENDPOINT USER PASSWORD JOB VERSION(1.1|1.2)
use strict;
use warnings;
use utf8;
use SOAP::Lite;
use JSON::PP;

my ($endpoint, $user, $password, $job, $version) = @ARGV;
SOAP::Lite->soapversion($version);

# Asked for when the server says 401.
sub SOAP::Transport::HTTP::Client::get_basic_credentials { return defined $user ? ($user, $password) : () }

sub service {
    my ($family) = @_;
    my $namespace = 'urn:jams:v1:' . lc $family;
    return SOAP::Lite->proxy($endpoint)->default_ns($namespace)->autotype(0)
        ->on_action(sub { "\"$namespace/$_[1]\"" })
        ->on_fault(sub { my ($soap, $answer) = @_; die ref $answer ? $answer : $soap->transport->status });
}

# Values without a type are written as they stand.
sub named { my ($name, $value) = @_; return SOAP::Data->name($name)->value(ref $value ? $value : SOAP::Utils::encode_data($value)) }

sub code {
    my ($call) = @_;
    eval { $call->(); 1 } and return 'none';
    return ref $@ ? ref($@) . ' ' . $@->valueof('//JAMSFault/Code') : "$@";
}

my ($entries, $submit) = (service('Entry'), service('Submit'));
my $types = { xmlns => 'urn:jams:v1:types' };
my $who = named('Parameters', \SOAP::Data->value(named('Name', 'who')->attr($types), named('Value', 'Perl <&> ü')->attr($types)));
my $id = $submit->call('SubmitJob', named('Name', $job), $who)->valueof('//JamsEntry');
my $entry;
do { $entry = $entries->call('Wait', named('Id', $id), named('Timeout', 20))->valueof('//Entry') }
    until $entry->{CurrentState} eq 'Complete';
my $log = $entries->call('GetLog', named('Id', $id))->valueof('//Text');
my @found = $entries->call('Find', named('State', 'Complete'))->valueof('//FindResponse/Entry');
my $later = $submit->call('SubmitJob', named('Name', $job), named('After', '2099-12-31T23:00:00.5+01:00'))->valueof('//JamsEntry');
my @first = $entries->call('Find', named('Limit', 1))->valueof('//FindResponse/Entry');
my @second = $entries->call('Find', named('Limit', 1), named('Before', $first[0]{JamsEntry}))->valueof('//FindResponse/Entry');
my $paged = @first == 1 && @second == 1 && $second[0]{JamsEntry} < $first[0]{JamsEntry};
$entries->call('Hold', named('Id', $later), named('Comment', 'month end'));
my $held = $entries->call('Get', named('Id', $later))->valueof('//Held');
$entries->call('Release', named('Id', $later));
my $released = $entries->call('Get', named('Id', $later))->valueof('//Held');
my $missing = code(sub { $entries->call('Get', named('Id', 999999)) });
my $state = code(sub { $entries->call('Hold', named('Id', $id)) });
$user = undef;
my $refused = code(sub { service('Entry')->call('Get', named('Id', $id)) });

binmode STDOUT, ':raw';
print JSON::PP->new->utf8->encode({
    severity => $entry->{FinalSeverity}, log => $log, listed => (grep { $_->{JamsEntry} == $id } @found) ? JSON::PP::true : JSON::PP::false,
    held => $held eq 'true' ? JSON::PP::true : JSON::PP::false, released => $released eq 'false' ? JSON::PP::true : JSON::PP::false,
    missing => $missing, paged => $paged ? JSON::PP::true : JSON::PP::false, state => $state, refused => $refused,
}), "\n";
