namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Collections.ObjectModel;
    using System.IO;
    using System.Management.Automation;
    using System.Management.Automation.Provider;

    /// <summary>What Get-Content takes on a drive of JAMS.</summary>
    public sealed class ContentParameters
    {
        /// <summary>Give all as one text.</summary>
        [Parameter]
        public SwitchParameter Raw { get; set; }
    }

    /// <summary>The content of items, and their properties.</summary>
    public sealed partial class JamsProvider : IContentCmdletProvider, IPropertyCmdletProvider
    {
        /// <summary>Reads the source of a job, or the value of a variable.</summary>
        public IContentReader GetContentReader(string path)
        {
            string text = "";
            Throwing(path, delegate
            {
                text = Held(Reader.Get(Here(path)));
            });
            ContentParameters given = DynamicParameters as ContentParameters;
            return new TextContent(text, null, given != null && given.Raw);
        }

        /// <summary>The further parameters of Get-Content.</summary>
        public object GetContentReaderDynamicParameters(string path)
        {
            return new ContentParameters();
        }

        /// <summary>Writes the source of a job, or the value of a variable.</summary>
        public IContentWriter GetContentWriter(string path)
        {
            Node node = null;
            Throwing(path, delegate
            {
                node = Changing(path);
                ContentMember(node);
            });
            return new TextContent(Held(node), delegate(string text, bool added)
            {
                Guarded(path, delegate { Write(node, text, "Set Content", added); });
            });
        }

        /// <summary>Nothing further.</summary>
        public object GetContentWriterDynamicParameters(string path)
        {
            return null;
        }

        /// <summary>
        /// Empty the item for Clear-Content. Before writing it does nothing: what is written comes when it is
        /// whole, and replaces what was there; an item that runs meanwhile is never found empty.
        /// </summary>
        public void ClearContent(string path)
        {
            if (DynamicParameters is Clearing)
            {
                Guarded(path, delegate { Write(Changing(path), "", "Clear Content"); });
            }
        }

        /// <summary>Nothing to be given: only Clear-Content asks for this, and is told by it from the others.</summary>
        public object ClearContentDynamicParameters(string path)
        {
            return new Clearing();
        }

        /// <summary>Show properties of an item.</summary>
        public void GetProperty(string path, Collection<string> providerSpecificPickList)
        {
            Guarded(path, delegate
            {
                Node node = Reader.Get(Here(path));
                PSObject found = new PSObject();
                foreach (PSPropertyInfo property in PSObject.AsPSObject(node.Item).Properties)
                {
                    bool wanted = providerSpecificPickList == null || providerSpecificPickList.Count == 0;
                    foreach (string name in providerSpecificPickList ?? new Collection<string>())
                    {
                        wanted = wanted || new WildcardPattern(name, WildcardOptions.IgnoreCase).IsMatch(property.Name);
                    }
                    if (wanted)
                    {
                        found.Properties.Add(new PSNoteProperty(property.Name, property.Value));
                    }
                }
                WritePropertyObject(found, path);
            });
        }

        /// <summary>Nothing further.</summary>
        public object GetPropertyDynamicParameters(string path, Collection<string> providerSpecificPickList)
        {
            return null;
        }

        /// <summary>Give properties of an item other values.</summary>
        public void SetProperty(string path, PSObject propertyValue)
        {
            Guarded(path, delegate
            {
                Node node = Changing(path);
                Document document = TreeWriter.Editable(node);
                foreach (PSPropertyInfo property in propertyValue.Properties)
                {
                    if (!InBag(node, document, property))
                    {
                        document.Assign(Declared(document, property.Name), property.Value);
                    }
                }
                if (ShouldProcess(path, "Set Property"))
                {
                    Writer.Change(node, document);
                    WritePropertyObject(propertyValue, path);
                }
            });
        }

        /// <summary>Nothing further.</summary>
        public object SetPropertyDynamicParameters(string path, PSObject propertyValue)
        {
            return null;
        }

        /// <summary>Take properties of an item back to what they are by themselves.</summary>
        public void ClearProperty(string path, Collection<string> propertyToClear)
        {
            Guarded(path, delegate
            {
                Node node = Changing(path);
                Document document = TreeWriter.Editable(node);
                foreach (string name in propertyToClear)
                {
                    document.Assign(Declared(document, name), null);
                }
                if (ShouldProcess(path, "Clear Property"))
                {
                    Writer.Change(node, document);
                }
            });
        }

        /// <summary>Nothing further.</summary>
        public object ClearPropertyDynamicParameters(string path, Collection<string> propertyToClear)
        {
            return null;
        }

        /// <summary>Set what scripts know as a property of the object, but lies in its bag: Enabled, AgentName.</summary>
        private static bool InBag(Node node, Document document, PSPropertyInfo given)
        {
            Document copy = node.Document.Copy();
            int bag = document.Layout.Index("properties");
            if (bag >= 0 && document.Value(bag) != null)
            {
                copy.Assign("properties", document.Value(bag));
            }
            PSScriptProperty known = PSObject.AsPSObject(copy).Properties[given.Name] as PSScriptProperty;
            if (known == null || known.SetterScript == null)
            {
                return false;
            }
            known.Value = given.Value;
            document.Assign("properties", PSObject.AsPSObject(copy).Properties["Properties"].Value);
            int version = document.Layout.Version;
            document.Held[version] = node.Document.Held[version];
            return true;
        }

        /// <summary>The member behind a property, which may be a further name of it.</summary>
        private static string Declared(Document document, string name)
        {
            PSAliasProperty alias = PSObject.AsPSObject(document).Properties[name] as PSAliasProperty;
            return alias == null ? name : alias.ReferencedMemberName;
        }

        private static string Held(Node node)
        {
            return Values.Text(Values.Property(node.Item, ContentMember(node)));
        }

        private void Write(Node node, string text, string action, bool seen = false)
        {
            Document document = TreeWriter.Editable(node, seen);
            document.Assign(ContentMember(node), text);
            if (ShouldProcess(node.Place.ToString(), action))
            {
                Writer.Change(node, document);
            }
        }

        private void Throwing(string path, Action action)
        {
            try
            {
                action();
            }
            catch (JAMSException error)
            {
                ThrowTerminatingError(error.Record(path));
            }
        }

        /// <summary>The dynamic parameters of Clear-Content: none.</summary>
        private sealed class Clearing
        {
        }

        /// <summary>A text that is read by lines, or gathered and handed over when it is complete.</summary>
        private sealed class TextContent : IContentReader, IContentWriter
        {
            private readonly string before;
            private readonly bool whole;
            private readonly StringReader lines;
            private readonly List<string> written = new List<string>();
            private readonly Action<string, bool> done;
            private bool added;

            /// <param name="text">What is there.</param>
            /// <param name="done">Takes what was written, and whether that begins with what was there.</param>
            /// <param name="whole">Whether it is read as one text rather than by lines.</param>
            internal TextContent(string text, Action<string, bool> done, bool whole = false)
            {
                before = text;
                this.whole = whole;
                lines = new StringReader(text);
                this.done = done;
            }

            public IList Read(long readCount)
            {
                List<string> found = new List<string>();
                string line;
                if (whole)
                {
                    line = lines.ReadToEnd();
                    return line == "" ? found : new List<string> { line };
                }
                while ((readCount <= 0 || found.Count < readCount) && (line = lines.ReadLine()) != null)
                {
                    found.Add(line);
                }
                return found;
            }

            public IList Write(IList content)
            {
                foreach (object item in content)
                {
                    written.Add(Values.Text(item));
                }
                return content;
            }

            /// <summary>Write after what is there, as Add-Content wants it; there is no other place to go to.</summary>
            public void Seek(long offset, SeekOrigin origin)
            {
                if (origin == SeekOrigin.End && done != null)
                {
                    added = true;
                }
                if (added && before != "")
                {
                    written.Add(before.EndsWith("\n", StringComparison.Ordinal) ? before.Substring(0, before.Length - 1) : before);
                }
            }

            public void Close()
            {
                if (done != null)
                {
                    done(string.Join("\n", written.ToArray()), added);
                    written.Clear();
                }
            }

            public void Dispose()
            {
                lines.Dispose();
            }
        }
    }
}
