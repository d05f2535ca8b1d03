namespace MVPSI.JAMS.Module
{
    /// <summary>The version of the module, which is known before any of its files is found.</summary>
    internal static class ModuleVersion
    {
        internal const string Text = "0.1.0";
    }
}
