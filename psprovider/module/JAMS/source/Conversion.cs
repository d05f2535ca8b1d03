namespace MVPSI.JAMS.Module
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Management.Automation;

    /// <summary>Lets a parameter that takes a document take a hash table, or an object that came over a wire, as well.</summary>
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
    public sealed class DocumentTransformationAttribute : ArgumentTransformationAttribute
    {
        private readonly string kind;

        /// <param name="kind">Name of the document.</param>
        public DocumentTransformationAttribute(string kind)
        {
            this.kind = kind;
        }

        /// <summary>The value as a document, if it has a member that names one; otherwise as it is.</summary>
        public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        {
            PSObject wrapped = inputData as PSObject;
            object bare = wrapped == null ? inputData : wrapped.BaseObject;
            Shape shape = Shapes.Get(kind);
            if (!(bare is IDictionary || bare is PSCustomObject) || !Names(shape, bare is IDictionary ? bare : inputData))
            {
                return inputData;
            }
            try
            {
                return shape.Made(inputData);
            }
            catch (JAMSException error)
            {
                throw new ArgumentTransformationMetadataException(error.Message, error);
            }
        }

        /// <summary>Whether it says which document it is about: by a name, or a hash table by the number.</summary>
        private static bool Names(Shape shape, object value)
        {
            foreach (KeyValuePair<string, object> member in Values.Members(value))
            {
                int index = Math.Max(shape.Index(member.Key), shape.Aliased(member.Key));
                bool number = index == 0 && value is IDictionary;
                if (number || (index >= 0 && shape.IsTitle(index) && !shape.Members[index].ReadOnly))
                {
                    return true;
                }
            }
            return false;
        }
    }
}
