// Calls JAMS with .NET's web services client, from what wsdl.exe makes of the WSDL. Prints one JSON object.
// mono Client.exe ENDPOINT USER PASSWORD JOB
using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Web.Services.Protocols;

static class Client {
    static int Main(string[] told) {
        // Shown only when the server asks.
        var login = new NetworkCredential(told[1], told[2]);
        var entries = new Entries.Entry { Url = told[0], Credentials = login };
        var submit = new Submits.Submit { Url = told[0], Credentials = login };
        var who = new Submits.NameValue { Name = "who", Value = "Mono <&> ü" };
        var none = default(DateTime);
        var id = submit.SubmitJob(told[3], new[] { who }, false, false, none, false, null, null, 0, false, null).JamsEntry;
        Entries.Entry1 entry;
        do {
            entry = entries.Wait(id, 20, true);
        } while (entry.CurrentState != "Complete");
        var log = entries.GetLog(id, 0, false, 0, false, null, false, false, 0, false).Text;
        var found = entries.Find(null, null, new[] { "Complete" }, null, null, none, false, 0, false);
        var after = new DateTime(2099, 12, 31, 23, 0, 0, 500, DateTimeKind.Utc);
        var later = submit.SubmitJob(told[3], null, false, false, after, true, null, null, 0, false, null).JamsEntry;
        entries.Hold(later, "month end");
        var waiting = entries.Get(later);
        entries.Release(later, null, null, false, false);
        var released = !entries.Get(later).Held;
        var fault = Code(() => entries.Get(999999));
        var state = Code(() => entries.Hold(id, null));
        var stranger = new Entries.Entry { Url = told[0] };
        var refused = Code(() => stranger.Get(id));
        Console.OutputEncoding = new UTF8Encoding(false);
        Console.WriteLine("{\"severity\":\"" + entry.FinalSeverity + "\",\"log\":\"" + log.Trim() + "\",\"listed\":"
            + Word(found.Any(each => each.JamsEntry == id)) + ",\"held\":" + Word(waiting.Held) + ",\"released\":"
            + Word(released) + ",\"utc\":" + Word(entry.StartTimeUTC.ToUniversalTime() <= DateTime.UtcNow)
            + ",\"fault\":\"" + fault + "\",\"state\":\"" + state + "\",\"refused\":\"" + refused + "\"}");
        return 0;
    }

    static string Word(bool value) { return value ? "true" : "false"; }

    static string Code(Action call) {
        try {
            call();
        } catch (SoapException fault) {
            return fault.Detail.FirstChild["Code", "urn:jams:v1:types"].InnerText;
        } catch (WebException refused) {
            return "WebException: " + (int) ((HttpWebResponse) refused.Response).StatusCode;
        }
        return "none";
    }
}
