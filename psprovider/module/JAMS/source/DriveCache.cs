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
        private static readonly object Gate = new object();
        private static readonly Dictionary<KeyValuePair<object, string>, KeyValuePair<DateTime, object>> Kept =
            new Dictionary<KeyValuePair<object, string>, KeyValuePair<DateTime, object>>();

        /// <summary>What is kept under a key, or what <paramref name="read"/> gives.</summary>
        internal static T Get<T>(Server server, string key, Func<T> read)
        {
            KeyValuePair<object, string> whole =
                new KeyValuePair<object, string>(server.Identity, key.ToUpperInvariant());
            lock (Gate)
            {
                KeyValuePair<DateTime, object> found;
                if (Kept.TryGetValue(whole, out found) && found.Key > DateTime.UtcNow)
                {
                    return (T)found.Value;
                }
            }
            T value = read();
            lock (Gate)
            {
                if (Kept.Count > 2000)
                {
                    Kept.Clear();
                }
                Kept[whole] = new KeyValuePair<DateTime, object>(DateTime.UtcNow.AddSeconds(FreshSeconds), value);
            }
            return value;
        }

        /// <summary>Forget everything.</summary>
        internal static void Clear()
        {
            lock (Gate)
            {
                Kept.Clear();
            }
        }
    }
}
