namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.Management.Automation;
    using System.Net;
    using System.Net.Http;
    using System.Net.Http.Headers;
    using System.Text;
    using System.Threading;
    using System.Threading.Tasks;

    /// <summary>A request and what it may do.</summary>
    internal sealed class Request
    {
        internal string Verb;
        internal string Path;
        internal string Body;
        internal string RetryKey;
        internal string Version;
        internal double Wait;
        internal bool Anonymous;
        internal bool Secret;

        /// <summary>Whether the answer said that more may follow than it holds.</summary>
        internal bool Cut;
    }

    /// <summary>HTTP over connections that are kept alive and shared by all that runs in the process.</summary>
    internal static class Transport
    {
        private const double AnswerSeconds = 100;
        private const int PatienceMilliseconds = 50;
        private static readonly HttpClient Client = NewClient();

        /// <summary>The body of the answer. Raises JAMSException, and PipelineStoppedException when it shall stop.</summary>
        internal static string Send(Server server, Request request, Func<bool> stopping)
        {
            bool again = request.Verb == "GET" || request.RetryKey != null;
            try
            {
                return Once(server, request, stopping);
            }
            catch (HttpRequestException error)
            {
                if (!again || !server.Answered)
                {
                    throw Unreachable(server, error);
                }
            }
            try
            {
                return Once(server, request, stopping);
            }
            catch (HttpRequestException error)
            {
                throw Unreachable(server, error);
            }
        }

        private static string Once(Server server, Request request, Func<bool> stopping)
        {
            using (HttpRequestMessage message = Message(server, request))
            using (CancellationTokenSource cancel = new CancellationTokenSource(
                TimeSpan.FromSeconds(AnswerSeconds + request.Wait)))
            {
                Task<HttpResponseMessage> sent = Client.SendAsync(
                    message, HttpCompletionOption.ResponseContentRead, cancel.Token);
                WaitFor(sent, cancel, stopping, server);
                using (HttpResponseMessage answer = sent.Result)
                {
                    server.Answered = true;
                    string body = answer.Content == null
                        ? "" : Encoding.UTF8.GetString(answer.Content.ReadAsByteArrayAsync().Result);
                    if (answer.IsSuccessStatusCode && IsJson(answer))
                    {
                        request.Cut = answer.Headers.Contains("X-Truncated");
                        return body;
                    }
                    throw JAMSException.FromAnswer((int)answer.StatusCode, body, server);
                }
            }
        }

        private static void WaitFor(Task task, CancellationTokenSource cancel, Func<bool> stopping, Server server)
        {
            try
            {
                while (!task.Wait(PatienceMilliseconds))
                {
                    if (stopping != null && stopping())
                    {
                        cancel.Cancel();
                        throw new PipelineStoppedException();
                    }
                }
            }
            catch (AggregateException error)
            {
                HttpRequestException http = error.InnerException as HttpRequestException;
                if (http != null)
                {
                    throw http;
                }
                if (error.InnerException is OperationCanceledException)
                {
                    throw JAMSException.Local("TimedOut", server.Url + " did not answer in time.", server.Name);
                }
                throw Unreachable(server, error.InnerException);
            }
        }

        private static HttpRequestMessage Message(Server server, Request request)
        {
            HttpRequestMessage message = new HttpRequestMessage(
                new HttpMethod(request.Verb), server.Url + "/api" + request.Path);
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            bool authorized = !request.Anonymous && server.Authorization != null;
            if (authorized || request.Secret)
            {
                server.CheckSecrecy();
            }
            if (authorized)
            {
                message.Headers.TryAddWithoutValidation("Authorization", server.Authorization);
            }
            if (request.RetryKey != null)
            {
                message.Headers.Add("Idempotency-Key", request.RetryKey);
            }
            if (request.Version != null)
            {
                message.Headers.TryAddWithoutValidation("If-Match", "\"" + request.Version + "\"");
            }
            if (request.Body != null)
            {
                string type = request.Verb == "PATCH" ? "application/merge-patch+json" : "application/json";
                message.Content = new StringContent(request.Body, Encoding.UTF8, type);
            }
            return message;
        }

        private static bool IsJson(HttpResponseMessage answer)
        {
            MediaTypeHeaderValue type = answer.Content == null ? null : answer.Content.Headers.ContentType;
            return type != null && (type.MediaType == "application/json" || type.MediaType.EndsWith("+json"));
        }

        private static JAMSException Unreachable(Server server, Exception error)
        {
            Exception deepest = error.GetBaseException();
            return JAMSException.Local(
                "ServerUnavailable",
                "The JAMS server at " + server.Url + " cannot be reached: " + deepest.Message,
                server.Name,
                error);
        }

        private static HttpClient NewClient()
        {
#if !CORE
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
            ServicePointManager.Expect100Continue = false;
            ServicePointManager.DefaultConnectionLimit = Math.Max(16, ServicePointManager.DefaultConnectionLimit);
#endif
            HttpClientHandler handler = new HttpClientHandler();
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;
            handler.AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate;
            HttpClient client = new HttpClient(handler);
            client.Timeout = Timeout.InfiniteTimeSpan;
            client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "JAMS-PowerShell");
            return client;
        }
    }
}
