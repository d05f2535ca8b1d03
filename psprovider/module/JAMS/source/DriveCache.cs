namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;

    /// <summary>What was read of a server's folders a moment ago.</summary>
    /// <remarks>
    /// PowerShell asks a drive several times about a path in the course of one command; the server is asked once.
    /// A change made through this module clears it. What one login was shown is not shown to another.
    /// </remarks>
    internal static class DriveCache
    {
        private const double FreshSeconds = 2;

        /// <summary>How long what a list said of its items is fresh while one after the other is asked for.</summary>
        private const double InUseSeconds = 10;
        private const int Most = 2000;
        private static readonly object Gate = new object();
        private static readonly Dictionary<KeyValuePair<object, string>, Reading> Readings =
            new Dictionary<KeyValuePair<object, string>, Reading>();

        /// <summary>What is kept under a key, or what <paramref name="read"/> gives.</summary>
        internal static T Get<T>(Server server, string key, Func<T> read)
        {
            lock (Gate)
            {
                Reading found;
                if (Readings.TryGetValue(Key(server, key), out found) && found.Until > DateTime.UtcNow)
                {
                    return (T)found.Value;
                }
            }
            T value = read();
            Keep(server, key, value);
            return value;
        }

        /// <summary>What is kept under a key, or null; it stays fresh while it is asked for.</summary>
        internal static T Kept<T>(Server server, string key)
            where T : class
        {
            lock (Gate)
            {
                Reading found;
                DateTime now = DateTime.UtcNow;
                if (!Readings.TryGetValue(Key(server, key), out found) || found.Until <= now)
                {
                    return null;
                }
                DateTime last = found.Read.AddSeconds(InUseSeconds);
                DateTime next = now.AddSeconds(FreshSeconds);
                found.Until = next < last ? next : last;
                return (T)found.Value;
            }
        }

        /// <summary>Keep something under a key.</summary>
        internal static void Keep(Server server, string key, object value)
        {
            lock (Gate)
            {
                if (Readings.Count > Most)
                {
                    Readings.Clear();
                }
                DateTime now = DateTime.UtcNow;
                Readings[Key(server, key)] = new Reading { Read = now, Until = now.AddSeconds(FreshSeconds), Value = value };
            }
        }

        /// <summary>Forget everything.</summary>
        internal static void Clear()
        {
            lock (Gate)
            {
                Readings.Clear();
            }
        }

        private static KeyValuePair<object, string> Key(Server server, string key)
        {
            return new KeyValuePair<object, string>(server.Identity, key.ToUpperInvariant());
        }

        private sealed class Reading
        {
            internal DateTime Read;
            internal DateTime Until;
            internal object Value;
        }
    }
}
