namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Text;

    /// <summary>Calls operations of one server.</summary>
    internal sealed class Caller
    {
        internal readonly Server Server;
        private readonly Func<bool> stopping;

        /// <summary>Whether the last answer said that more may follow than it holds.</summary>
        internal bool Cut;

        /// <summary>The page that the last list came in, if it came in one.</summary>
        internal object Page;

        /// <param name="server">The server.</param>
        /// <param name="stopping">Whether the caller has been told to stop; asked while an answer is awaited.</param>
        internal Caller(Server server, Func<bool> stopping)
        {
            Server = server;
            this.stopping = stopping;
        }

        /// <summary>The answer of an operation: a document, a list of them, or a plain value. Raises JAMSException.</summary>
        internal object Call(Operation operation, IDictionary<string, object> inputs, double wait = 0)
        {
            List<object> items = new List<object>();
            object single = Call(operation, inputs, wait, items);
            return operation.Result.Many ? items : single;
        }

        /// <summary>What an operation lists, each as soon as it is read.</summary>
        internal List<object> List(Operation operation, IDictionary<string, object> inputs)
        {
            List<object> items = new List<object>();
            object single = Call(operation, inputs, 0, items);
            string page = operation.Text("page");
            Page = page != null ? single : null;
            if (page != null)
            {
                return Values.List(Values.Property(single, page));
            }
            if (!operation.Result.Many)
            {
                items.Add(single);
            }
            return items;
        }

        private object Call(Operation operation, IDictionary<string, object> inputs, double wait, List<object> items)
        {
            Request request = NewRequest(operation, inputs);
            request.Wait = wait;
            string body;
            try
            {
                body = Transport.Send(Server, request, stopping);
            }
            catch (JAMSException error)
            {
                if (error.Code != "Unauthenticated" || request.Anonymous || !Server.Renew())
                {
                    throw Explained(error);
                }
                body = Transport.Send(Server, request, stopping);
            }
            Cut = request.Cut;
            return Read(operation, body, items);
        }

        private JAMSException Explained(JAMSException error)
        {
            if (error.Code != "Unauthenticated" || Server.Authorization != null)
            {
                return error;
            }
            return new JAMSException(
                error.Code,
                error.Kind,
                "Nobody is connected to " + Server.Name + ": run Connect-JAMSServer -Server " + Server.Name + " first.",
                Server.Name,
                error);
        }

        private object Read(Operation operation, string body, List<object> items)
        {
            Member result = operation.Result;
            JsonReader reader = new JsonReader(body);
            try
            {
                if (!char.IsUpper(result.Kind[0]))
                {
                    object plain = result.Read(reader);
                    items.AddRange(result.Many ? Values.List(plain) : new List<object>());
                    return plain;
                }
                Shape shape = Shapes.Get(result.Kind);
                if (!result.Many)
                {
                    return Marked(shape.Read(reader));
                }
                shape.ReadMany(reader, delegate(object item)
                {
                    items.Add(Marked((Document)item));
                    return 0;
                });
                return null;
            }
            catch (FormatException error)
            {
                throw JAMSException.Local("ServerUnavailable", "The server's answer cannot be read.", Server.Name, error);
            }
        }

        private Document Marked(Document document)
        {
            document.Origin = Server;
            return document;
        }

        private static Request NewRequest(Operation operation, IDictionary<string, object> inputs)
        {
            Dictionary<string, object> outside = new Dictionary<string, object>();
            Dictionary<string, object> body = new Dictionary<string, object>();
            object document = null, version = null;
            foreach (KeyValuePair<string, object> given in inputs)
            {
                Input input = operation.Input(given.Key);
                if (given.Value == null || input == null)
                {
                    continue;
                }
                if (input.Name == operation.Text("document"))
                {
                    document = Shapes.Get(input.Member.Kind).ToWire(given.Value, !operation.Is("created"));
                    continue;
                }
                object wire = input.Member.ToWire(given.Value);
                if (input.IsCondition)
                {
                    version = wire;
                }
                else if (input.InBody)
                {
                    body[input.Member.Wire] = wire;
                }
                else
                {
                    outside[input.Member.Wire] = wire;
                }
            }
            Request request = Addressed(operation, outside);
            request.Version = version == null ? null : Values.Text(version);
            request.Body = operation.Is("body") ? JsonWriter.Write(document ?? body) : null;
            request.RetryKey = operation.Is("retry") ? Guid.NewGuid().ToString("N") : null;
            request.Anonymous = operation.Is("anonymous");
            request.Secret = operation.Name == Catalogue.Content.Text("opens");
            return request;
        }

        /// <summary>The first route that carries what is given.</summary>
        private static Request Addressed(Operation operation, Dictionary<string, object> outside)
        {
            foreach (Route route in operation.Routes)
            {
                HashSet<string> left = new HashSet<string>(outside.Keys);
                if (!route.InPath.IsSubsetOf(left))
                {
                    continue;
                }
                left.ExceptWith(route.InPath);
                if (left.IsSubsetOf(route.InQuery))
                {
                    return new Request { Verb = route.Verb, Path = Path(route, outside, left) };
                }
            }
            throw JAMSException.Local(
                "InvalidArgument",
                "Give " + string.Join(" or ", operation.Key.ToArray()) + ", but not several that name the object.");
        }

        private static string Path(Route route, Dictionary<string, object> outside, HashSet<string> query)
        {
            StringBuilder built = new StringBuilder();
            foreach (string segment in route.Segments)
            {
                if (segment == "")
                {
                    continue;
                }
                bool named = segment[0] == '{';
                built.Append('/').Append(
                    named ? Escaped(outside[segment.Trim('{', '}')]) : segment);
            }
            char before = '?';
            foreach (string name in query)
            {
                // A text may hold a comma, so each of several goes by itself.
                foreach (object value in outside[name] as List<object> ?? new List<object> { outside[name] })
                {
                    built.Append(before).Append(Uri.EscapeDataString(name)).Append('=');
                    built.Append(Escaped(value));
                    before = '&';
                }
            }
            return built.ToString();
        }

        private static string Escaped(object value)
        {
            return Uri.EscapeDataString(Values.Whole(Values.Text(value)));
        }
    }
}
