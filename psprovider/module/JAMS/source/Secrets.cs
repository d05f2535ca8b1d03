namespace MVPSI.JAMS.Module
{
    using System;
    using System.Management.Automation;
    using System.Net;
    using System.Security;

    /// <summary>Lets a parameter that takes a secret take a text as well, as scripts may hold one.</summary>
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
    public sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
    {
        /// <summary>The text as a SecureString. What is neither is refused, and never repeated.</summary>
        public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        {
            PSObject wrapped = inputData as PSObject;
            object bare = wrapped == null ? inputData : wrapped.BaseObject;
            string text = bare as string;
            if (text != null)
            {
                return new NetworkCredential("", text).SecurePassword;
            }
            if (bare == null || bare is SecureString)
            {
                return bare;
            }
            throw new ArgumentTransformationMetadataException(
                "Cannot convert the \"" + bare.GetType().FullName
                + "\" value to type \"System.Security.SecureString\": give a SecureString, or a text in quotes.");
        }
    }
}
