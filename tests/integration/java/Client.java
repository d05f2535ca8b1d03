// Calls JAMS with JAX-WS RI, from what wsimport makes of the WSDL. Prints one JSON object.
// java Client WSDL USER PASSWORD JOB VERSION(1.1|1.2)
import jams.v1.Entry_Service;
import jams.v1.JAMSFault;
import jams.v1.Submit_Service;
import jams.v1.types.Entry;
import jams.v1.types.LogPart;
import jams.v1.types.NameValue;
import jams.v1.types.SubmitResult;
import java.lang.reflect.Method;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.ws.WebServiceException;

public class Client {
    interface Call {
        void run() throws Exception;
    }

    public static void main(String[] told) throws Exception {
        URL wsdl = new URL(told[0]);
        // Nobody, and first, because Java keeps a login that held.
        boolean twelve = told[4].equals("1.2");
        jams.v1.Entry stranger = twelve ? new Entry_Service(wsdl).getEntrySoap12() : new Entry_Service(wsdl).getEntrySoap11();
        String refused = code(() -> stranger.get(999999));
        // Shown only when the server asks.
        Authenticator.setDefault(new Authenticator() {
            @Override protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(told[1], told[2].toCharArray());
            }
        });
        jams.v1.Entry entries = twelve ? new Entry_Service(wsdl).getEntrySoap12() : new Entry_Service(wsdl).getEntrySoap11();
        jams.v1.Submit submit = twelve ? new Submit_Service(wsdl).getSubmitSoap12() : new Submit_Service(wsdl).getSubmitSoap11();

        NameValue who = new NameValue();
        who.setName("who");
        who.setValue("Java <&> ü");
        long id = Client.<SubmitResult>call(jams.v1.Submit.class, submit, "submitJob", told[3], List.of(who)).getJamsEntry();
        Entry entry;
        do {
            entry = entries.wait(id, 20.0);
        } while (!entry.getCurrentState().equals("Complete"));
        String log = Client.<LogPart>call(jams.v1.Entry.class, entries, "getLog", id).getText();
        boolean listed = false;
        for (Entry each : Client.<List<Entry>>call(jams.v1.Entry.class, entries, "find", null, null, List.of("Complete"))) {
            listed |= each.getJamsEntry() == id;
        }
        long later = Client.<SubmitResult>call(jams.v1.Submit.class, submit, "submitJob", told[3], null, null,
            DatatypeFactory.newInstance().newXMLGregorianCalendar("2099-12-31T23:00:00.5+01:00")).getJamsEntry();
        long first = page(entries, null);
        boolean paged = page(entries, first) < first;
        entries.hold(later, "month end");
        boolean held = entries.get(later).isHeld();
        call(jams.v1.Entry.class, entries, "release", later);
        boolean released = !entries.get(later).isHeld();
        String missing = code(() -> entries.get(999999));
        String state = code(() -> entries.hold(id, null));

        System.out.println("{\"severity\":\"" + entry.getFinalSeverity() + "\",\"log\":\"" + log.strip()
            + "\",\"listed\":" + listed + ",\"paged\":" + paged + ",\"held\":" + held + ",\"released\":" + released
            + ",\"missing\":\"" + missing + "\",\"state\":\"" + state + "\",\"refused\":\"" + refused + "\"}");
        System.exit(0);
    }

    // The one entry before another.
    static long page(jams.v1.Entry entries, Long before) throws Exception {
        List<Entry> found = call(jams.v1.Entry.class, entries, "find", null, null, null, null, null, null, 1, before);
        return found.size() == 1 ? found.get(0).getJamsEntry() : -1;
    }

    // The methods get a parameter for each new input of an operation, at their end: what is not given is null.
    @SuppressWarnings("unchecked")
    static <T> T call(Class<?> port, Object service, String name, Object... given) throws Exception {
        for (Method method : port.getMethods()) {
            if (method.getName().equals(name)) {
                return (T) method.invoke(service, Arrays.copyOf(given, method.getParameterCount()));
            }
        }
        throw new IllegalArgumentException(name);
    }

    static String code(Call call) throws Exception {
        try {
            call.run();
        } catch (JAMSFault fault) {
            return "JAMSFault " + fault.getFaultInfo().getCode();
        } catch (WebServiceException refused) {
            return refused.getClass().getSimpleName() + (refused.getMessage().contains("401") ? " 401" : "");
        }
        return "none";
    }
}
