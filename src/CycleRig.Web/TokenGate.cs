using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CycleRig.Web;

/// <summary>Lets nothing pass without the bearer token but `/healthz`; compares in constant time.</summary>
internal static class TokenGate
{
    private const string Scheme = "Bearer ";

    public static Task Check(HttpContext context, string token, Func<Task> next)
    {
        if (context.Request.Path == "/healthz" || IsRight(context.Request.Headers.Authorization.ToString(), token))
            return next();
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return context.Response.WriteAsJsonAsync(new { title = "The token is missing or wrong.", detail = "Send the content of the data folder's `token` file as bearer token." });
    }

    private static bool IsRight(string header, string token) => header.StartsWith(Scheme, StringComparison.Ordinal)
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..])), SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
