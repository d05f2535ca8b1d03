// Calls JAMS with gSOAP, from what wsdl2h and soapcpp2 make of the WSDL. Prints one JSON object.
// client ENDPOINT USER PASSWORD JOB VERSION(1.1|1.2)
#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>
#include "soapEntrySoap11Proxy.h"
#include "EntrySoap11.nsmap"

static std::string endpoint, user, password, job, version;

// One proxy has the operations of all families that wsdl2h was given.
struct Jams : EntrySoap11Proxy {
    bool stranger;

    explicit Jams(bool stranger = false) : EntrySoap11Proxy(endpoint.c_str(), SOAP_C_UTFSTRING), stranger(stranger) {
        soap_set_version(soap, version == "1.2" ? 2 : 1);
    }

    // gSOAP leaves it to the caller to log in when the server says 401.
    int made(const std::function<int()> &call) {
        if (call() == 401 && !stranger) {
            soap->userid = user.c_str();
            soap->passwd = password.c_str();
            call();
        }
        return soap->error;
    }

    void must(const std::function<int()> &call) {
        if (made(call)) {
            soap_stream_fault(std::cerr);
            std::exit(1);
        }
    }

    std::string fault(const std::function<int()> &call) {
        if (!made(call))
            return "none";
        SOAP_ENV__Detail *detail = nullptr;
        if (soap->fault)
            detail = soap->fault->SOAP_ENV__Detail ? soap->fault->SOAP_ENV__Detail : soap->fault->detail;
        if (detail && detail->ns1__JAMSFault_)
            return "JAMSFault " + detail->ns1__JAMSFault_->Code;
        return "error " + std::to_string(soap->error);
    }

    LONG64 submit(const char *value, time_t *after) {
        std::string text = value;
        ns1__NameValue who;
        who.Name = "who";
        who.Value = &text;
        ns3__SubmitJob asked;
        asked.Name = job;
        asked.Parameters.push_back(&who);
        asked.After = after;
        ns3__SubmitJobResponse answer;
        must([&] { return SubmitJob(&asked, answer); });
        return answer.SubmitResult->JamsEntry;
    }

    int get(LONG64 id, bool *held = nullptr) {
        ns2__Get asked;
        asked.Id = id;
        ns2__GetResponse answer;
        int failed = Get(&asked, answer);
        if (!failed && held)
            *held = answer.Entry->Held;
        return failed;
    }

    int hold(LONG64 id) {
        std::string comment = "month end";
        ns2__Hold asked;
        asked.Id = id;
        asked.Comment = &comment;
        ns2__HoldResponse answer;
        return Hold(&asked, answer);
    }

    std::vector<LONG64> found(ns2__Find &asked) {
        ns2__FindResponse answer;
        must([&] { return Find(&asked, answer); });
        std::vector<LONG64> numbers;
        for (auto *entry : answer.Entry)
            numbers.push_back(entry->JamsEntry);
        return numbers;
    }
};

static const char *word(bool value) { return value ? "true" : "false"; }

int main(int, char **told) {
    endpoint = told[1], user = told[2], password = told[3], job = told[4], version = told[5];
    Jams jams;
    LONG64 id = jams.submit("gSOAP <&> \xc3\xbc", nullptr);
    double patience = 20;
    ns2__Wait wait;
    wait.Id = id;
    wait.Timeout = &patience;
    ns2__WaitResponse waited;
    do
        jams.must([&] { return jams.Wait(&wait, waited); });
    while (waited.Entry->CurrentState != "Complete");
    std::string severity = *waited.Entry->FinalSeverity;
    ns2__GetLog asked;
    asked.Id = id;
    ns2__GetLogResponse log;
    jams.must([&] { return jams.GetLog(&asked, log); });
    std::string text = log.LogPart->Text.substr(0, log.LogPart->Text.find_first_of("\r\n"));
    ns2__Find complete;
    complete.State.push_back("Complete");
    bool listed = false;
    for (LONG64 number : jams.found(complete))
        listed |= number == id;
    time_t after = 4102441200;
    LONG64 later = jams.submit("later", &after);
    LONG64 one = 1;
    ns2__Find page;
    page.Limit = &one;
    std::vector<LONG64> first = jams.found(page);
    page.Before = &first[0];
    std::vector<LONG64> second = jams.found(page);
    bool paged = first.size() == 1 && second.size() == 1 && second[0] < first[0];
    bool held = false, still = true;
    jams.must([&] { return jams.hold(later); });
    jams.must([&] { return jams.get(later, &held); });
    ns2__Release release;
    release.Id = later;
    ns2__ReleaseResponse released;
    jams.must([&] { return jams.Release(&release, released); });
    jams.must([&] { return jams.get(later, &still); });
    std::string missing = jams.fault([&] { return jams.get(999999); });
    std::string state = jams.fault([&] { return jams.hold(id); });
    Jams stranger(true);
    std::string refused = stranger.fault([&] { return stranger.get(id); });
    std::cout << "{\"severity\":\"" << severity << "\",\"log\":\"" << text << "\",\"listed\":" << word(listed)
              << ",\"paged\":" << word(paged) << ",\"held\":" << word(held) << ",\"released\":" << word(!still)
              << ",\"missing\":\"" << missing << "\",\"state\":\"" << state << "\",\"refused\":\"" << refused << "\"}\n";
}
