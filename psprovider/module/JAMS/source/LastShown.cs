namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections.Generic;

    /// <summary>Of which kind the items were that were last shown under paths which do not tell it.</summary>
    /// <remarks>
    /// A path that was piped must not come to mean something else on its way: a folder may have been made meanwhile that
    /// has the name of a job.
    /// </remarks>
    internal static class LastShown
    {
        private const int Most = 100000;
        private static readonly object Gate = new object();
        private static readonly Dictionary<string, TreeKind> Known =
            new Dictionary<string, TreeKind>(StringComparer.OrdinalIgnoreCase);

        /// <summary>Take in what is shown.</summary>
        internal static void Note(Node node)
        {
            if (node.Kind == null || node.Place.Kind != null)
            {
                return;
            }
            lock (Gate)
            {
                if (Known.Count >= Most)
                {
                    Known.Clear();
                }
                Known[node.Place.ToString()] = node.Kind;
            }
        }

        /// <summary>Check that an item to be changed is of the kind that was shown. Raises JAMSException.</summary>
        internal static void Check(Node node)
        {
            TreeKind kind;
            lock (Gate)
            {
                if (node.Place.Kind != null || !Known.TryGetValue(node.Place.ToString(), out kind) || kind == node.Kind)
                {
                    return;
                }
                Known.Remove(node.Place.ToString());
            }
            string now = node.Kind == null ? "container" : node.Kind.Name.ToLowerInvariant();
            throw JAMSException.Local(
                "Conflict",
                node.Place.Path + " was a " + kind.Name.ToLowerInvariant() + " when it was shown, and means a " + now
                + " now: look again, or write the kind behind it, as in " + node.Place.Of(kind).MarkedLeaf + ".",
                node.Place.Path);
        }
    }
}
