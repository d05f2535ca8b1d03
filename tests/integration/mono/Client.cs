// Calls JAMS with .NET's web services client, from what wsdl.exe makes of the WSDL. Prints one JSON object.
// mono Client.exe ENDPOINT USER PASSWORD JOB VERSION(1.1|1.2)
using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Web.Services.Protocols;

static class Client {
    static int Main(string[] told) {
        // Shown only when the server asks.
        var login = new NetworkCredential(told[1], told[2]);
        var version = told[4] == "1.2" ? SoapProtocolVersion.Soap12 : SoapProtocolVersion.Soap11;
        var entries = new Entries.Entry { Url = told[0], Credentials = login, SoapVersion = version };
        var submit = new Submits.Submit { Url = told[0], Credentials = login, SoapVersion = version };
        var who = new Submits.NameValue { Name = "who", Value = "Mono <&> ü" };
        var id = Call<Submits.SubmitResult>(submit, "SubmitJob", told[3], new[] { who }).JamsEntry;
        Entries.Entry1 entry;
        do {
            entry = entries.Wait(id, 20, true);
        } while (entry.CurrentState != "Complete");
        var log = Call<Entries.LogPart>(entries, "GetLog", id).Text;
        var found = Call<Entries.Entry1[]>(entries, "Find", null, null, new[] { "Complete" });
        var after = new DateTime(2099, 12, 31, 23, 0, 0, 500, DateTimeKind.Utc);
        var later = Call<Submits.SubmitResult>(submit, "SubmitJob", told[3], null, false, false, after, true).JamsEntry;
        var first = Page(entries, 0, false);
        var paged = Page(entries, first, true) < first;
        entries.Hold(later, "month end");
        var waiting = entries.Get(later);
        Call<string>(entries, "Release", later);
        var released = !entries.Get(later).Held;
        var missing = Code(() => entries.Get(999999));
        var state = Code(() => entries.Hold(id, null));
        var stranger = new Entries.Entry { Url = told[0], SoapVersion = version };
        var refused = Code(() => stranger.Get(id));
        Console.OutputEncoding = new UTF8Encoding(false);
        Console.WriteLine("{\"severity\":\"" + entry.FinalSeverity + "\",\"log\":\"" + log.Trim() + "\",\"listed\":"
            + Word(found.Any(each => each.JamsEntry == id)) + ",\"held\":" + Word(waiting.Held) + ",\"released\":"
            + Word(released) + ",\"utc\":" + Word(entry.StartTimeUTC.ToUniversalTime() <= DateTime.UtcNow)
            + ",\"paged\":" + Word(paged) + ",\"missing\":\"" + missing + "\",\"state\":\"" + state + "\",\"refused\":\"" + refused + "\"}");
        return 0;
    }

    // The one entry before another.
    static long Page(Entries.Entry entries, long before, bool given) {
        var found = Call<Entries.Entry1[]>(entries, "Find", null, null, null, null, null, DateTime.MinValue, false, 1L, true, before, given);
        return found.Length == 1 ? found[0].JamsEntry : -1;
    }

    // The methods get a parameter for each new input of an operation, at their end: what is not given is nothing.
    static T Call<T>(object service, string name, params object[] given) {
        var method = service.GetType().GetMethod(name);
        var kinds = method.GetParameters().Select(each => each.ParameterType).ToArray();
        var rest = kinds.Skip(given.Length).Select(kind => kind.IsValueType ? Activator.CreateInstance(kind) : null);
        return (T) method.Invoke(service, given.Concat(rest).ToArray());
    }

    static string Word(bool value) { return value ? "true" : "false"; }

    static string Code(Action call) {
        try {
            call();
        } catch (SoapException fault) {
            return fault.GetType().Name + " " + fault.Detail.FirstChild["Code", "urn:jams:v1:types"].InnerText;
        } catch (WebException refused) {
            return "WebException " + (int) ((HttpWebResponse) refused.Response).StatusCode;
        }
        return "none";
    }
}
