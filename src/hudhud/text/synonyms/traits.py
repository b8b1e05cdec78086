"""What things are like, and for whom, in any trade."""

from __future__ import annotations

TRAITS = """
ثاني تاني ثانية تانية
ضيق سليم سكيني slim skinny
واسع فضفاض عريض وسيع loose oversized
اسود كحل كحلة كحلا سوده black
ابيض بيضاء بيضا بيض white
# «حمرة» is a lipstick as well.
احمر حمراء حمرا حمر red : حمرة
ازرق زرقاء زرقا زرق blue
اخضر خضراء خضرا خضر green
اصفر صفراء صفرا yellow
بني قهوي قهوائي مارون brown
وردي زهري بمبي روز pink
رمادي رصاصي سكني جري grey gray
نسائي نسواني حريمي بناتي عيالات ستات womens women ladies
رجالي رجال ولادي شبابي men mens
اطفال أولاد ولاد صغار دراري عيال جهال بزورة بزران بزر ورعان طفل kids children child
ابن ولد طفل وليد boy
بنت بنية طفلة girl
صغير صغيرة صغنن صغار زغير زغيرة زغار small mini tiny
كبير كبيرة كبار big large
سريع بسرعة زربة بزاف fast quick
رخيص رخيصة ارخص اقتصادي cheap
قطن قطني كوطون cotton coton
جلد جلدي كوير leather cuir
حرير ساتان silk satin
علبة باكية بكس صندوق باكيت كرتون box pack
معدني معدن حديد ستيل metal steel
عادي سادة بسيط بلين plain simple
رسمي كلاسيك فورمال formal
مشكل مشكلة تشكيلة منوع منوعة مخلط مخلطة ميكس mixed assorted
فاخر فاخرة فخم فخمة شيك راقي راقية ملكي luxury fancy
مواليد مولود رضيع رضع بيبي ولادة newborn baby
ضد مضاد مقاوم proof
قابل للطي ينطوي يتطوى foldable folding
محمول متنقل ينشال portable
منزلي بيتي بالبيت home
منحني منحنية مقوس curved courbe : معوج معوجة كيرف
دائم everlasting preserved : يذبل يذبلش يذبالش بيذبل كيذبل تذبل بتذبل بيذبلش
دائم everlasting : ميدبلش يدبل بيدبل مبيدبلش
"""
