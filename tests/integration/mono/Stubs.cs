// Writes what wsdl.exe would make of a WSDL. mono Stubs.exe WSDL NAMESPACE FILE
using System;
using System.CodeDom;
using System.IO;
using System.Net;
using System.Web.Services.Description;
using Microsoft.CSharp;

static class Stubs {
    static int Main(string[] told) {
        var importer = new ServiceDescriptionImporter { ProtocolName = "Soap" };
        using (var stream = new WebClient().OpenRead(told[0]))
            importer.AddServiceDescription(ServiceDescription.Read(stream), null, null);
        var space = new CodeNamespace(told[1]);
        var unit = new CodeCompileUnit();
        unit.Namespaces.Add(space);
        var warnings = importer.Import(space, unit);
        using (var file = new StreamWriter(told[2]))
            new CSharpCodeProvider().GenerateCodeFromCompileUnit(unit, file, null);
        Console.Error.WriteLine(warnings);
        return warnings == 0 ? 0 : 1;
    }
}
