// Calls JAMS with KDSoap, from what kdwsdl2cpp makes of the WSDL. Prints one JSON object.
// client ENDPOINT USER PASSWORD JOB VERSION(1.1|1.2)
#include <QCoreApplication>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <KDSoapAuthentication.h>
#include <KDSoapJob.h>
#include <cstdio>
#include "entries.h"
#include "submits.h"

static QStringList told;

template <class Port> struct Service : Port {
    explicit Service(bool stranger = false) {
        this->setEndPoint(told[1]);
        this->setSoapVersion(told[5] == "1.2" ? KDSoapClientInterface::SOAP1_2 : KDSoapClientInterface::SOAP1_1);
        if (stranger)
            return;
        // Shown only when the server asks.
        KDSoapAuthentication login;
        login.setUser(told[2]);
        login.setPassword(told[3]);
        this->clientInterface()->setAuthentication(login);
    }
};

using Entries_ = Service<Entries::Entry::EntrySoap11>;
using Submits_ = Service<Submits::Submit::SubmitSoap11>;

template <class Answer> static Answer right(const Answer &answer, const QObject &, const QString &wrong) {
    if (!wrong.isEmpty()) {
        fprintf(stderr, "%s\n", qPrintable(wrong));
        exit(1);
    }
    return answer;
}

static qint64 submit(const char *value, const QString &after = {}) {
    Submits_ submits;
    Submits::T__NameValue who;
    who.setName("who");
    who.setValue(QString::fromUtf8(value));
    Submits::SUBMIT__SubmitJob asked;
    asked.setName(told[4]);
    asked.setParameters({who});
    if (!after.isEmpty())
        asked.setAfter(Submits::T__Timestamp(KDDateTime::fromDateString(after)));
    auto answer = submits.submitJob(asked);
    return right(answer, submits, submits.lastError()).submitResult().jamsEntry();
}

static bool held(qint64 id) {
    Entries_ entries;
    Entries::ENTRY__Get asked;
    asked.setId(id);
    auto answer = entries.get(asked);
    return right(answer, entries, entries.lastError()).entry().held();
}

static QList<Entries::T__Entry> found(const Entries::ENTRY__Find &asked) {
    Entries_ entries;
    auto answer = entries.find(asked);
    return right(answer, entries, entries.lastError()).entry();
}

// What the answer to a call is that fails: a message that is a fault, with its detail.
static QString fault(KDSoapJob &job) {
    QEventLoop loop;
    QObject::connect(&job, &KDSoapJob::finished, &loop, &QEventLoop::quit);
    job.setAutoDelete(false);
    job.start();
    loop.exec();
    if (!job.isFault())
        return "none";
    for (const KDSoapValue &part : job.reply().childValues())
        for (const KDSoapValue &detail : part.childValues())
            if (detail.name() == "JAMSFault")
                return "KDSoapMessage " + detail.childValues().child("Code").value().toString();
    return "KDSoapMessage " + job.reply().childValues().child("faultcode").value().toString();
}

static QString missing(qint64 id, bool stranger = false) {
    Entries_ entries(stranger);
    Entries::Entry::EntrySoap11Jobs::GetJob job(&entries);
    Entries::ENTRY__Get asked;
    asked.setId(id);
    job.setParameters(asked);
    return fault(job);
}

int main(int count, char **arguments) {
    QCoreApplication application(count, arguments);
    told = application.arguments();
    // Nobody, and first: Qt keeps a login that held.
    QString refused = missing(1, true);
    qint64 id = submit("KDSoap <&> ü");
    Entries_ entries;
    Entries::ENTRY__Wait wait;
    wait.setId(id);
    wait.setTimeout(20.0);
    Entries::T__Entry entry;
    do {
        auto answer = entries.wait(wait);
        entry = right(answer, entries, entries.lastError()).entry();
    } while (entry.currentState().value() != "Complete");
    Entries::ENTRY__GetLog log;
    log.setId(id);
    auto text = entries.getLog(log);
    right(text, entries, entries.lastError());
    Entries::ENTRY__Find complete;
    Entries::T__EntryState ended;
    ended.setValue("Complete");
    complete.setState({ended});
    bool listed = false;
    for (const auto &each : found(complete))
        listed |= each.jamsEntry() == id;
    qint64 later = submit("later", "2099-12-31T23:00:00.500+01:00");
    Entries::ENTRY__Find page;
    page.setLimit(Entries::ENTRY__Limit(1));
    auto first = found(page);
    page.setBefore(first[0].jamsEntry());
    auto second = found(page);
    Entries::ENTRY__Hold hold;
    hold.setId(later);
    hold.setComment(QString("month end"));
    entries.hold(hold);
    bool was = held(later);
    Entries::ENTRY__Release release;
    release.setId(later);
    entries.release(release);
    hold.setId(id);
    Entries::Entry::EntrySoap11Jobs::HoldJob wrong(&entries);
    wrong.setParameters(hold);
    QJsonObject said{
        {"severity", entry.finalSeverity().value().toString()}, {"log", QString(text.logPart().text()).trimmed()},
        {"listed", listed}, {"held", was}, {"released", !held(later)},
        {"paged", first.size() == 1 && second.size() == 1 && second[0].jamsEntry() < first[0].jamsEntry()},
        {"missing", missing(999999)}, {"state", fault(wrong)}, {"refused", refused},
    };
    puts(QJsonDocument(said).toJson(QJsonDocument::Compact).constData());
}
