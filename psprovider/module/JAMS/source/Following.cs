namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;
    using System.Diagnostics;
    using System.Management.Automation;
    using System.Threading;

    /// <summary>Waits until what was set going has ended.</summary>
    internal sealed class Waiting
    {
        private const double FirstPatience = 0.3;
        private const double LongestPatience = 5;
        private readonly Invocation invocation;

        internal Waiting(Invocation invocation)
        {
            this.invocation = invocation;
        }

        /// <summary>Whether a result says that nothing more will happen to it.</summary>
        internal static bool HasEnded(object item)
        {
            Described endings = Catalogue.Content.Part("endings");
            Document document = item as Document;
            Described ending = document == null ? null : endings.Part(document.Layout.Name);
            return ending != null
                && Values.Text(Values.Property(item, ending.Text("state"))) == ending.Text("ended");
        }

        /// <summary>Wait for several; each is shown when it has ended.</summary>
        internal void For(List<object> waiting)
        {
            int done = 0;
            foreach (object each in waiting)
            {
                KeyValuePair<Call, object> one = (KeyValuePair<Call, object>)each;
                For(one.Key, one.Key.Set.Operation, one.Value, done++, waiting.Count);
            }
        }

        /// <summary>Wait for one, and show it.</summary>
        internal void For(Call call, Operation operation, object number)
        {
            For(call, operation, number, 0, 1);
        }

        private void For(Call call, Operation operation, object number, int done, int all)
        {
            object limit = call.Value("switch", "timeout");
            double seconds = limit == null ? double.MaxValue : LanguagePrimitives.ConvertTo<double>(limit);
            List<object> states = Values.List(call.Value("switch", "while"));
            ProgressRecord progress = new ProgressRecord(1, invocation.Cmdlet.Name, "Waiting");
            progress.PercentComplete = 100 * done / all;
            string last = null;
            Action<string> speak = delegate(string state)
            {
                if (state != last)
                {
                    call.Shell.WriteVerbose(Values.Text(number) + " is " + state + ".");
                }
                last = state;
            };
            call.Guarded(number, delegate
            {
                object result = Ended(call, operation, number, seconds, states, delegate(string state)
                {
                    speak(state);
                    progress.StatusDescription =
                        done + " of " + all + " ended; " + Values.Text(number) + " is " + state;
                    invocation.Shell.WriteProgress(progress);
                });
                speak(Values.Text(Values.Property(result, operation.Ending.Text("state"))));
                call.Shell.WriteObject(result);
            });
            if (done + 1 == all)
            {
                progress.RecordType = ProgressRecordType.Completed;
                invocation.Shell.WriteProgress(progress);
            }
        }

        private static object Ended(
            Call call, Operation operation, object number, double seconds, List<object> states, Action<string> tell)
        {
            Described ending = operation.Ending;
            Stopwatch watch = Stopwatch.StartNew();
            double patience = FirstPatience;
            Dictionary<string, object> inputs = new Dictionary<string, object>();
            inputs[operation.Key[0]] = number;
            while (true)
            {
                double wait = Math.Max(0, Math.Min(patience, seconds - watch.Elapsed.TotalSeconds));
                inputs[ending.Text("wait")] = wait;
                double asked = watch.Elapsed.TotalSeconds;
                object result = call.Caller.Call(operation, inputs, wait);
                string state = Values.Text(Values.Property(result, ending.Text("state")));
                bool inState = states.Exists(delegate(object wanted)
                {
                    return string.Equals(Values.Text(wanted), state, StringComparison.OrdinalIgnoreCase);
                });
                if (state == ending.Text("ended") || (states.Count > 0 && !inState))
                {
                    return result;
                }
                if (watch.Elapsed.TotalSeconds >= seconds)
                {
                    throw JAMSException.Local("TimedOut", Values.Text(number) + " is " + state + " still.");
                }
                tell(state);
                // A server that has no room for one more who waits answers at once.
                if (watch.Elapsed.TotalSeconds - asked < Math.Min(wait / 2, 0.1))
                {
                    Thread.Sleep(500);
                }
                patience = Math.Min(LongestPatience, patience * 2);
            }
        }
    }

    /// <summary>Shows texts to their end, or as they grow.</summary>
    internal sealed class Following
    {
        private const double Patience = 10;
        private readonly Call call;

        internal Following(Call call)
        {
            this.call = call;
        }

        /// <summary>Show the lines of a text that comes in pieces.</summary>
        internal void Lines(Operation operation, Dictionary<string, object> inputs)
        {
            bool follow = operation.Part("follow") != null && call.Switch("follow");
            Described pieces = operation.Part(follow ? "follow" : "pieces");
            Dictionary<string, object> asked = new Dictionary<string, object>(inputs);
            string rest = "";
            while (true)
            {
                Stopwatch watch = Stopwatch.StartNew();
                object part = Part(operation, asked, inputs, pieces, follow);
                if (part == null)
                {
                    continue;
                }
                string text = Values.Text(Values.Property(part, pieces.Text("text")));
                string[] lines = (rest + text).Split('\n');
                for (int i = 0; i < lines.Length - 1; i++)
                {
                    call.Shell.WriteObject(lines[i].TrimEnd('\r'));
                }
                rest = lines[lines.Length - 1];
                object next = Values.Property(part, pieces.Text("next"));
                if (true.Equals(Values.Property(part, pieces.Text("done"))))
                {
                    break;
                }
                object size = Values.Property(part, pieces.Text("size"));
                if (!follow && Convert.ToInt64(next) >= Convert.ToInt64(size))
                {
                    break;
                }
                if (follow && text == "" && watch.Elapsed.TotalSeconds < 0.1)
                {
                    Pause();
                }
                asked = Next(operation, inputs);
                asked[pieces.Text("cursor")] = next;
            }
            if (rest != "")
            {
                call.Shell.WriteObject(rest.TrimEnd('\r'));
            }
        }

        private static Dictionary<string, object> Next(Operation operation, Dictionary<string, object> inputs)
        {
            Dictionary<string, object> kept = new Dictionary<string, object>();
            foreach (KeyValuePair<string, object> given in inputs)
            {
                if (operation.Input(given.Key).Required || operation.Key.Contains(given.Key))
                {
                    kept[given.Key] = given.Value;
                }
            }
            return kept;
        }

        /// <summary>The next piece; null while there is no text yet.</summary>
        private object Part(
            Operation operation,
            Dictionary<string, object> asked,
            Dictionary<string, object> inputs,
            Described pieces,
            bool follow)
        {
            if (follow)
            {
                asked[pieces.Text("wait")] = Patience;
            }
            try
            {
                return call.Caller.Call(operation, asked, follow ? Patience : 0);
            }
            catch (JAMSException error)
            {
                if (!follow || error.Kind != "NotFound")
                {
                    throw;
                }
                Operation until = Catalogue.Operation(pieces.Text("until"));
                Dictionary<string, object> key = Next(operation, inputs);
                key[until.Ending.Text("wait")] = 0;
                if (Waiting.HasEnded(call.Caller.Call(until, key)))
                {
                    throw;
                }
            }
            Pause();
            return null;
        }

        private void Pause()
        {
            for (int i = 0; i < 6; i++)
            {
                if (call.Invocation.Stopping())
                {
                    throw new PipelineStoppedException();
                }
                Thread.Sleep(50);
            }
        }
    }
}
