/* Calls JAMS with gSOAP, from what wsdl2h and soapcpp2 make of the WSDL. Prints one JSON object.
   client ENDPOINT USER PASSWORD JOB */
#include "soapH.h"
#include "EntrySoap11.nsmap"

static char **told;

/* gSOAP leaves it to the caller to log in when the server says 401. */
#define CALL(soap, call) (call == 401 ? (login(soap), call) : (soap)->error)

static void login(struct soap *soap) {
    soap->userid = told[2];
    soap->passwd = told[3];
}

static const char *code(struct soap *soap) {
    static char text[200];
    if (!soap->fault || !soap->fault->detail || !soap->fault->detail->ns1__JAMSFault) {
        snprintf(text, sizeof text, "error %d", soap->error);
        return text;
    }
    snprintf(text, sizeof text, "%s", soap->fault->detail->ns1__JAMSFault->Code);
    return text;
}

static LONG64 submit(struct soap *soap, char *value, time_t *after) {
    struct ns1__NameValue who = {.Name = "who", .Value = value};
    struct ns3__SubmitJob job = {.Name = told[4], .__sizeParameters = 1, .Parameters = &who, .After = after};
    struct ns3__SubmitJobResponse answer;
    if (CALL(soap, soap_call___ns4__SubmitJob(soap, told[1], NULL, &job, &answer))) {
        soap_print_fault(soap, stderr);
        exit(1);
    }
    return answer.SubmitResult->JamsEntry;
}

static int held(struct soap *soap, LONG64 id) {
    struct ns2__Get get = {.Id = id};
    struct ns2__GetResponse answer;
    if (CALL(soap, soap_call___ns4__Get(soap, told[1], NULL, &get, &answer)))
        return -1;
    return answer.Entry->Held;
}

int main(int count, char **arguments) {
    told = arguments;
    struct soap *soap = soap_new1(SOAP_C_UTFSTRING);
    double patience = 20;
    LONG64 id = submit(soap, "gSOAP <&> \xc3\xbc", NULL);
    struct ns2__Wait wait = {.Id = id, .Timeout = &patience};
    struct ns2__WaitResponse waited;
    do {
        if (CALL(soap, soap_call___ns4__Wait(soap, told[1], NULL, &wait, &waited)))
            return soap_print_fault(soap, stderr), 1;
    } while (strcmp(waited.Entry->CurrentState, "Complete"));
    struct ns2__GetLog asked = {.Id = id};
    struct ns2__GetLogResponse log;
    if (CALL(soap, soap_call___ns4__GetLog(soap, told[1], NULL, &asked, &log)))
        return soap_print_fault(soap, stderr), 1;
    log.LogPart->Text[strcspn(log.LogPart->Text, "\r\n")] = 0;
    char *states[] = {"Complete"};
    struct ns2__Find find = {.__sizeState = 1, .State = states};
    struct ns2__FindResponse found;
    if (CALL(soap, soap_call___ns4__Find(soap, told[1], NULL, &find, &found)))
        return soap_print_fault(soap, stderr), 1;
    int listed = 0;
    for (int each = 0; each < found.__sizeEntry; each++)
        listed |= found.Entry[each].JamsEntry == id;

    time_t after = 4102441200;
    LONG64 later = submit(soap, "later", &after);
    struct ns2__Hold hold = {.Id = later, .Comment = "month end"};
    struct ns2__HoldResponse message;
    CALL(soap, soap_call___ns4__Hold(soap, told[1], NULL, &hold, &message));
    int was_held = held(soap, later);
    struct ns2__Release release = {.Id = later};
    struct ns2__ReleaseResponse released;
    CALL(soap, soap_call___ns4__Release(soap, told[1], NULL, &release, &released));
    int is_held = held(soap, later);

    printf("{\"severity\":\"%s\",\"log\":\"%s\",\"listed\":%s,\"held\":%s,\"released\":%s", waited.Entry->FinalSeverity,
           log.LogPart->Text, listed ? "true" : "false", was_held == 1 ? "true" : "false", is_held == 0 ? "true" : "false");
    held(soap, 999999);
    printf(",\"fault\":\"%s\"", code(soap));
    hold.Id = id;
    CALL(soap, soap_call___ns4__Hold(soap, told[1], NULL, &hold, &message));
    printf(",\"state\":\"%s\"", code(soap));
    struct soap *stranger = soap_new1(SOAP_C_UTFSTRING);
    struct ns2__Get get = {.Id = id};
    struct ns2__GetResponse answer;
    soap_call___ns4__Get(stranger, told[1], NULL, &get, &answer);
    printf(",\"refused\":\"%s\"}\n", code(stranger));
    return 0;
}
