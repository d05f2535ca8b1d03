"""Cases of definitions that go to another server and come from elsewhere."""

from __future__ import annotations

from contract_case import Case

_XML = (
    '<JAMSObjects><folder name="Came"><description>From elsewhere</description></folder>'
    '<job name="First" folder="Came" method="Command"><source>echo</source></job></JAMSObjects>'
)

_LISTED = (
    '<JAMSObjects><folder name="Came"><acl><ace identifier="Nobody At All" inheritcontainer="True" '
    'inheritobject="True" inheritonly="False" access="Inquire,Change" /></acl></folder></JAMSObjects>'
)

EXCHANGE_CASES = [
    Case(
        "import xml, only said",
        "import_xml",
        {"text": _XML, "target_folder": "{room}", "dry_run": True},
        check=lambda a: (
            (a["dryRun"], a["added"], a["changed"]) == (True, 2, 0)
            and [(each["action"], each["type"]) for each in a["changes"]]
            == [("Add", "folder"), ("Add", "job")]
            and {each["member"] for each in a["changes"][1]["differences"]} >= {"source", "methodName"}
        ),
    ),
    Case(
        "import xml",
        "import_xml",
        {"text": _XML, "target_folder": "{room}"},
        check=lambda a: a["added"] == 2,
    ),
    Case(
        "import xml again",
        "import_xml",
        {"text": _XML.replace("From elsewhere", "From there"), "target_folder": "{room}"},
        check=lambda a: (
            (a["added"], a["changed"], a["same"]) == (0, 1, 1)
            and [(each["before"], each["after"]) for each in a["changes"][0]["differences"]]
            == [("From elsewhere", "From there")]
        ),
    ),
    Case(
        "an access list of the folder that came",
        "change_folder",
        {
            "name": "{room}\\Came",
            "folder": {
                "acl": {
                    "genericACL": [
                        {
                            "identifier": "*",
                            "accessList": ["Inquire", "Change", "Control", "Delete", "AddJobs", "ChangeJobs"],
                        }
                    ]
                }
            },
        },
    ),
    Case(
        "it goes along",
        "export_xml",
        {"folder": "{room}\\Came"},
        check=lambda a: 'accessLists="true"' in a and '<ace identifier="*" inheritcontainer="False"' in a,
    ),
    Case(
        "it is left out",
        "export_xml",
        {"folder": "{room}\\Came", "ignore_acl": True},
        check=lambda a: "accessLists" not in a and "<acl" not in a,
    ),
    Case(
        "import xml that lets nobody in who is here",
        "import_xml",
        {"text": _LISTED, "target_folder": "{room}"},
        error="AccountNotFound",
    ),
    Case(
        "import xml that lets nobody in who is here, only said",
        "import_xml",
        {"text": _LISTED, "target_folder": "{room}", "dry_run": True},
        check=lambda a: len(a["remarks"]) == 1 and "Nobody At All (of {room}\\Came)" in a["remarks"][0],
    ),
    Case(
        "import xml without its access lists",
        "import_xml",
        {"text": _LISTED, "target_folder": "{room}", "ignore_acl": True},
        check=lambda a: (a["added"], a["changed"], a["same"]) == (0, 0, 1),
    ),
    Case(
        "the folder that came has none any more",
        "change_folder",
        {"name": "{room}\\Came", "folder": {}, "clear": ["acl"]},
    ),
    Case(
        "export xml",
        "export_xml",
        {"folder": "{room}\\Came"},
        check=lambda a: '<job name="First" folder="Came" method="Command">' in a and "From there" in a,
    ),
    Case(
        "export a job as xml",
        "export_xml",
        {"job": "{room}\\Came\\First"},
        check=lambda a: "<source>echo</source>" in a,
    ),
    Case(
        "export objects as xml",
        "export_objects",
        {"objects": ["Job:{room}\\Came\\First", "folder:{room}\\Came", "agent:localhost"]},
        check=lambda a: (
            a.count("<job ") == 1 and '<folder name="Came">' in a and '<agent name="localhost">' in a
        ),
    ),
    Case(
        "export one object as xml",
        "export_objects",
        {"objects": ["Job:{room}\\Came\\First"], "ignore_acl": True},
        check=lambda a: '<job name="First" method="Command">' in a,
    ),
    Case(
        "export a folder by its path",
        "export_objects",
        {"objects": ["{room}\\Came"]},
        check=lambda a: a.count("<job ") == 1,
    ),
    Case("export an object of no kind", "export_objects", {"objects": ["Ghost:x"]}, error="InvalidArgument"),
    Case("export an object that is not there", "export_objects", {"objects": ["Job:x"]}, error="JobNotFound"),
    Case("export nothing as xml", "export_xml", {"folder": "{room}\\Nowhere"}, error="FolderNotFound"),
    Case(
        "export too much as xml", "export_xml", {"folder": "\\", "everything": True}, error="InvalidArgument"
    ),
    Case("import what is no xml", "import_xml", {"text": "no xml"}, error="UnreadableDefinitions"),
    Case(
        "import entities",
        "import_xml",
        {"text": '<!DOCTYPE a [<!ENTITY b "c">]><JAMSObjects>&b;</JAMSObjects>'},
        error="UnreadableDefinitions",
    ),
    Case(
        "import xml into nothing",
        "import_xml",
        {"text": _XML, "target_folder": "{room}\\Nowhere"},
        error="FolderNotFound",
    ),
    Case(
        "reader imports xml",
        "import_xml",
        {"text": _XML.replace("Came", "Other"), "target_folder": "{room}"},
        caller="reader",
        error="AccessDenied",
    ),
]
